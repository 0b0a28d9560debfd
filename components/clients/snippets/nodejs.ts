import {
  authorityFile,
  type ClientLanguage,
  groupIdOf,
  isEncrypted,
  type ProgramInput,
  quoted,
  recordCount,
} from './program.ts'

export const nodejs: ClientLanguage = {
  id: 'nodejs',
  name: 'Node.js',
  libraries: [
    {
      id: 'kafkajs',
      name: 'kafkajs',
      install: 'npm install kafkajs',
      configuration: (input) => ({
        name: 'config.mjs',
        text: `${reading(input)}export const config = {\n${kafkajsSettings(input)}}\n`,
      }),
      producer: (input) => ({
        name: 'producer.mjs',
        text: kafkajsProducer(input),
        command: 'node producer.mjs',
      }),
      consumer: (input) => ({
        name: 'consumer.mjs',
        text: kafkajsConsumer(input),
        command: 'node consumer.mjs',
      }),
    },
    {
      id: 'platformatic-kafka',
      name: '@platformatic/kafka',
      install: 'npm install @platformatic/kafka',
      configuration: (input) => ({
        name: 'config.mjs',
        text: `${reading(input)}export const config = {\n${platformaticSettings(input)}}\n`,
      }),
      producer: (input) => ({
        name: 'producer.mjs',
        text: platformaticProducer(input),
        command: 'node producer.mjs',
      }),
      consumer: (input) => ({
        name: 'consumer.mjs',
        text: platformaticConsumer(input),
        command: 'node consumer.mjs',
      }),
    },
  ],
}

/** What a program needs that reads the certificate of the authority. */
function reading(input: ProgramInput): string {
  return isEncrypted(input) ? `import { readFileSync } from 'node:fs'\n` : ''
}

function kafkajsSettings(input: ProgramInput): string {
  const encryption = `  ssl: { ca: [readFileSync('${authorityFile}')] },\n`
  return `  brokers: [${quoted(input.bootstrap)}],
${isEncrypted(input) ? encryption : ''}  sasl: {
    mechanism: 'plain',
    username: ${quoted(input.key)},
    password: ${quoted(input.secret)},
  },
`
}

function kafkajsProducer(input: ProgramInput): string {
  return `${reading(input)}import { Kafka, Partitioners } from 'kafkajs'

const kafka = new Kafka({
  clientId: 'nodejs-producer',
${kafkajsSettings(input)}})

const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()
for (let order = 1; order <= ${recordCount}; order++) {
  const value = JSON.stringify({ orderid: order, from: 'nodejs' })
  const [written] = await producer.send({
    topic: ${quoted(input.topic)},
    acks: -1,
    messages: [{ key: String(order), value }],
  })
  console.log(\`key \${order} to partition \${written.partition} at offset \${written.baseOffset}\`)
}
await producer.disconnect()
`
}

function kafkajsConsumer(input: ProgramInput): string {
  return `${reading(input)}import { Kafka } from 'kafkajs'

const kafka = new Kafka({
  clientId: 'nodejs-consumer',
${kafkajsSettings(input)}})

const consumer = kafka.consumer({ groupId: ${quoted(groupIdOf(input.topic))} })
await consumer.connect()
await consumer.subscribe({ topic: ${quoted(input.topic)}, fromBeginning: true })
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    console.log(\`partition \${partition} offset \${message.offset}: \${message.key} \${message.value}\`)
  },
})

process.once('SIGINT', async () => {
  await consumer.disconnect()
  process.exit()
})
`
}

function platformaticSettings(input: ProgramInput): string {
  const encryption = `  tls: { ca: readFileSync('${authorityFile}') },\n`
  return `  bootstrapBrokers: [${quoted(input.bootstrap)}],
${isEncrypted(input) ? encryption : ''}  sasl: {
    mechanism: 'PLAIN',
    username: ${quoted(input.key)},
    password: ${quoted(input.secret)},
  },
`
}

function platformaticProducer(input: ProgramInput): string {
  return `${reading(input)}import { compatibilityPartitioner, Producer, stringSerializers } from '@platformatic/kafka'

const producer = new Producer({
  clientId: 'nodejs-producer',
${platformaticSettings(input)}  serializers: stringSerializers,
  // Keys land where those of Java's client do.
  partitioner: compatibilityPartitioner,
})

for (let order = 1; order <= ${recordCount}; order++) {
  const value = JSON.stringify({ orderid: order, from: 'nodejs' })
  const { offsets } = await producer.send({
    acks: -1,
    messages: [{ topic: ${quoted(input.topic)}, key: String(order), value }],
  })
  for (const { partition, offset } of offsets) {
    console.log(\`key \${order} to partition \${partition} at offset \${offset}\`)
  }
}
await producer.close()
`
}

function platformaticConsumer(input: ProgramInput): string {
  return `${reading(input)}import { Consumer, stringDeserializers } from '@platformatic/kafka'

const consumer = new Consumer({
  clientId: 'nodejs-consumer',
${platformaticSettings(input)}  groupId: ${quoted(groupIdOf(input.topic))},
  deserializers: stringDeserializers,
})

const stream = await consumer.consume({
  topics: [${quoted(input.topic)}],
  mode: 'committed',
  fallbackMode: 'earliest',
  autocommit: 5000,
})
process.once('SIGINT', () => consumer.close(true))

for await (const { partition, offset, key, value } of stream) {
  console.log(\`partition \${partition} offset \${offset}: \${key} \${value}\`)
}
`
}
