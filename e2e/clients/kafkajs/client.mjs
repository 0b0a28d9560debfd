// kafkajs, driven as every client here: produce | consume | member | admin (see ../README.md).
import { readFileSync } from 'node:fs'
import { CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs'
import { caFile, readKeyedRecords, readKeyFile, report } from '../key-file.mjs'
import { administer } from './admin.mjs'

const [command, keyFile, topic, argument] = process.argv.slice(2)
const { key, secret, bootstrapServer } = readKeyFile(keyFile)
const kafka = new Kafka({
  clientId: 'kafkajs-e2e',
  brokers: [bootstrapServer],
  ssl: caFile !== undefined && { ca: readFileSync(caFile) },
  sasl: { mechanism: 'plain', username: key, password: secret },
  logLevel: logLevel.ERROR,
})

const commands = {
  async produce() {
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
    await producer.connect()
    const records = await readKeyedRecords()
    const compression = CompressionTypes[(argument ?? 'none').toUpperCase()]
    for (let start = 0; start < records.length; start += 500) {
      const messages = records.slice(start, start + 500)
      await producer.send({ topic, acks: -1, compression, messages })
    }
    await producer.disconnect()
  },

  admin: () => administer(kafka),

  async consume() {
    // kafkajs has no consumer without a group: a group of its own, from the beginning.
    const consumer = kafka.consumer({
      groupId: `kafkajs-read-${process.pid}-${Date.now()}`,
      // Its end waits for the fetch that is under way.
      maxWaitTimeInMs: 500,
    })
    let missing = Number(argument)
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await new Promise((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      consumer
        .run({
          eachMessage: async ({ partition, message }) => {
            report(recordEvent(partition, message))
            missing -= 1
            if (missing === 0) resolve()
          },
        })
        .catch(reject)
    })
    await consumer.disconnect()
  },

  async member() {
    const consumer = kafka.consumer({
      groupId: argument,
      sessionTimeout: 6000,
      heartbeatInterval: 500,
      maxWaitTimeInMs: 500,
    })
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      report({ event: 'assigned', partitions: payload.memberAssignment[topic] ?? [] })
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      autoCommitInterval: 200,
      eachMessage: async ({ partition, message }) => report(recordEvent(partition, message)),
    })
    process.stdin.resume()
    process.stdin.once('end', async () => {
      await consumer.disconnect()
      process.exit(0)
    })
  },
}

function recordEvent(partition, message) {
  return {
    event: 'record',
    partition,
    offset: Number(message.offset),
    key: message.key?.toString(),
    value: message.value?.toString(),
  }
}

await commands[command]()
