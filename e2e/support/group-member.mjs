// A member of a consumer group in a process of its own, so that it can be killed. It says on its
// standard output, a line of JSON each time, what it was given to read.
import { Kafka, logLevel } from 'kafkajs'

const { bootstrapServer, key, secret, groupId, topic, clientId, sessionTimeoutMs } = JSON.parse(
  process.argv[2] ?? '',
)
const consumer = new Kafka({
  clientId,
  brokers: [bootstrapServer],
  sasl: { mechanism: 'plain', username: key, password: secret },
  logLevel: logLevel.NOTHING,
}).consumer({
  groupId,
  sessionTimeout: sessionTimeoutMs,
  heartbeatInterval: 500,
  // kafkajs sends a heartbeat only once a fetch has come back, after five seconds of its own accord.
  maxWaitTimeInMs: 300,
})
consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
  console.log(JSON.stringify({ partitions: payload.memberAssignment[topic] ?? [] }))
})
process.on('disconnect', () => process.exit(0))
await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({ eachMessage: async () => {} })
