// @platformatic/kafka, driven as every client here: produce | consume | member | admin (see ../README.md).
import { readFileSync } from 'node:fs'
import {
  Consumer,
  compatibilityPartitioner,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'
import { caFile, readKeyedRecords, readKeyFile, report } from '../key-file.mjs'
import { administer } from './admin.mjs'

const [command, keyFile, topic, argument] = process.argv.slice(2)
const { key, secret, bootstrapServer } = readKeyFile(keyFile)
const connection = {
  clientId: 'platformatic-e2e',
  bootstrapBrokers: [bootstrapServer],
  ...(caFile !== undefined && { tls: { ca: readFileSync(caFile) } }),
  sasl: { mechanism: 'PLAIN', username: key, password: secret },
}

const commands = {
  async produce() {
    const producer = new Producer({
      ...connection,
      serializers: stringSerializers,
      // Java's partitioner; this library's default differs from it.
      partitioner: compatibilityPartitioner,
      compression: argument ?? 'none',
    })
    const records = await readKeyedRecords()
    for (let start = 0; start < records.length; start += 500) {
      const messages = records.slice(start, start + 500).map((record) => ({ topic, ...record }))
      await producer.send({ messages, acks: -1 })
    }
    await producer.close()
  },

  admin: () => administer(connection),

  async consume() {
    const consumer = new Consumer({
      ...connection,
      groupId: `platformatic-read-${process.pid}-${Date.now()}`,
      deserializers: stringDeserializers,
      // Its end waits for the fetch that is under way.
      maxWaitTime: 500,
    })
    let missing = Number(argument)
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' })
    for await (const message of stream) {
      report(recordEvent(message))
      missing -= 1
      if (missing === 0) break
    }
    await consumer.close(true)
  },

  async member() {
    const consumer = new Consumer({
      ...connection,
      groupId: argument,
      deserializers: stringDeserializers,
      sessionTimeout: 6000,
      rebalanceTimeout: 12000,
      heartbeatInterval: 500,
      maxWaitTime: 500,
    })
    consumer.on('consumer:group:join', ({ assignments }) => {
      const own = (assignments ?? []).find((assignment) => assignment.topic === topic)
      report({ event: 'assigned', partitions: own?.partitions ?? [] })
    })
    const stream = await consumer.consume({
      topics: [topic],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: 200,
    })
    stream.on('data', (message) => report(recordEvent(message)))
    process.stdin.resume()
    process.stdin.once('end', async () => {
      await consumer.close(true)
      process.exit(0)
    })
  },
}

function recordEvent(message) {
  return {
    event: 'record',
    partition: message.partition,
    offset: Number(message.offset),
    key: message.key,
    value: message.value,
  }
}

await commands[command]()
