import { Kafka, logLevel } from 'kafkajs'
import { startReader } from '../support/group-readers.ts'
import type { KeyFile } from '../support/key-file.ts'

/** Programs as the course has them: two that produce, groups that read, one consumer too many. */
export interface Programs {
  stop(): Promise<void>
}

const producing = [
  { clientId: 'rides-producer', topic: 'rides', batch: 6 },
  { clientId: 'orders-producer', topic: 'tutorial_topic', batch: 3 },
] as const

const consuming = [
  { clientId: 'rides-consumer-1', groupId: 'rides-consumer-group', topics: ['rides'] },
  { clientId: 'rides-consumer-2', groupId: 'rides-consumer-group', topics: ['rides'] },
  { clientId: 'rides-consumer-3', groupId: 'rides-consumer-group', topics: ['rides'] },
  { clientId: 'py-tutorial', groupId: 'py-tutorial', topics: ['tutorial_topic'] },
]

export async function startPrograms(key: KeyFile): Promise<Programs> {
  const kafka = (clientId: string) =>
    new Kafka({
      clientId,
      brokers: [key.bootstrapServer],
      sasl: { mechanism: 'plain', username: key.key, password: key.secret },
      logLevel: logLevel.NOTHING,
    })
  const stops: (() => Promise<void>)[] = []
  for (const { clientId, topic, batch } of producing) {
    const producer = kafka(clientId).producer()
    await producer.connect()
    let count = 0
    const timer = setInterval(() => {
      // A wave, so that the charts have a shape.
      const size = Math.round(batch * (1.4 + Math.sin(count / 9)))
      const messages = Array.from({ length: size }, () => order(count++))
      void producer.send({ topic, messages }).catch(() => {})
    }, 400)
    stops.push(async () => {
      clearInterval(timer)
      await producer.disconnect()
    })
  }
  for (const { clientId, groupId, topics } of consuming) {
    const consumer = kafka(clientId).consumer({ groupId })
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await consumer.run({ eachMessage: async () => {} })
    stops.push(() => consumer.disconnect())
  }
  const dashboard = await startReader(key, {
    ...{ groupId: 'rides-dashboard', topic: 'rides', clientId: 'dashboard' },
    commitsMax: 20,
  })
  stops.push(() => dashboard.leave())
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

function order(id: number) {
  const value = {
    ordertime: 1497014222380 + id * 7919,
    orderid: id,
    itemid: `Item_${184 + (id % 75)}`,
    orderunits: ((id * 59) % 100) / 10,
    address: { city: `City_${id % 60}`, state: `State_${id % 50}`, zipcode: 10_000 + id },
  }
  return { key: String(id), value: JSON.stringify(value) }
}
