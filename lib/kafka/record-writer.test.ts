import { afterEach, expect, it } from 'vitest'
import { startTestBroker, type TestBroker } from '../../broker/testing/test-broker.ts'
import { createBrokerControl } from '../control/broker.ts'
import type { ClusterAddress } from './cluster-address.ts'
import { connectCluster } from './connect-cluster.ts'
import { asKafkaFailure } from './failure.ts'
import {
  createRecordWriter,
  isPassing,
  type RecordWriter,
  type WriterRecord,
} from './record-writer.ts'

const token = 'token-of-this-start'
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function startBroker(): Promise<TestBroker> {
  const broker = await startTestBroker({
    control: { token },
    internalKey: Buffer.alloc(32, 7),
    first: { topics: [{ name: 'rides', partitions: 6 }] },
  })
  stops.push(() => broker.close())
  return broker
}

function addressOf(broker: TestBroker, password = broker.first.secret): ClusterAddress {
  return {
    bootstrap: broker.ports.map((port) => ({ host: '127.0.0.1', port })),
    username: broker.first.key,
    password,
    clientId: 'writer',
  }
}

function openWriter(address: ClusterAddress, topic = 'rides'): RecordWriter {
  const writer = createRecordWriter(address, topic)
  stops.push(writer.close)
  return writer
}

function clientOf(broker: TestBroker) {
  const client = connectCluster(addressOf(broker))
  stops.push(() => client.close())
  return client
}

const write = async (writer: RecordWriter, record: WriterRecord) =>
  writer.send(await writer.prepare([record]))

const recordOf = (key: string | null, value: string) => ({
  key: key === null ? null : Buffer.from(key),
  value: Buffer.from(value),
  headers: [{ key: 'task.id', value: Buffer.from('0') }],
  timestampMs: 1_700_000_000_000,
})

async function readAll(broker: TestBroker, partition: number) {
  const client = clientOf(broker)
  const range = (await client.readOffsets('rides'))[partition]
  if (range === undefined) throw new Error(`There is no partition ${partition}.`)
  return client.readPartitionRange({
    topic: 'rides',
    partition,
    fromOffset: range.start,
    toOffset: range.end,
  })
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const failure = asKafkaFailure(await work.catch((error: unknown) => error))
  return failure === null ? 'none' : `${failure.code}${isPassing(failure) ? ' passes' : ''}`
}

it('puts a key where Java’s default partitioner does, with headers and time', async () => {
  const broker = await startBroker()
  const writer = openWriter(addressOf(broker))
  await writer.open()
  // murmur2 of "21", made positive, modulo 6, as Kafka's UtilsTest has the hash: -973932308.
  const expected = (-973_932_308 & 0x7fffffff) % 6
  const written = await write(writer, recordOf('21', 'one'))
  expect(written).toMatchObject({ records: 1, last: { partition: expected, offset: 0 } })
  const [record] = await readAll(broker, expected)
  expect(record).toMatchObject({ timestampMs: 1_700_000_000_000, timestampType: 'CreateTime' })
  expect(String(record?.key)).toBe('21')
  expect(record?.headers.map(({ key, value }) => [key, String(value)])).toEqual([['task.id', '0']])
})

it('counts the bytes that the broker counts, under its client id', async () => {
  const broker = await startBroker()
  const writer = openWriter(addressOf(broker))
  let bytes = 0
  for (let i = 0; i < 20; i++) bytes += (await write(writer, recordOf(null, `v${i}`))).sizeBytes
  const sizes = await Promise.all([0, 1, 2, 3, 4, 5].map((partition) => readAll(broker, partition)))
  expect(sizes.flat()).toHaveLength(20)
  const control = createBrokerControl({ url: broker.controlUrl ?? '', token })
  const counters = await control.counters()
  const counted = counters.ok ? counters.value.tenants[broker.first.id]?.topics.rides : undefined
  expect(counted).toMatchObject({ recordsIn: 20, bytesIn: bytes, storedBytes: bytes })
  const connections = await control.connections()
  const clientIds = connections.ok ? connections.value.map(({ clientId }) => clientId) : []
  expect(clientIds).toContain('writer')
})

it('goes on with a topic that was deleted and made again', async () => {
  const broker = await startBroker()
  const writer = openWriter(addressOf(broker))
  for (let i = 0; i < 3; i++) await write(writer, recordOf('same', `v${i}`))
  const { admin } = clientOf(broker)
  await admin.deleteTopic('rides')
  const lost = await writer.prepare([recordOf('same', 'v3'), recordOf('same', 'v4')])
  expect(await codeOf(writer.send(lost))).toBe('UNKNOWN_TOPIC_OR_PARTITION')
  await admin.createTopic({ name: 'rides', partitionCount: 6, configs: {} })
  const { records, last } = await writer.send(lost)
  expect(records).toBe(2)
  const found = await readAll(broker, last.partition)
  expect(found.map(({ value }) => String(value))).toEqual(['v3', 'v4'])
})

it('sends what another writer prepared, which the broker stores once', async () => {
  const broker = await startBroker()
  const writer = openWriter(addressOf(broker))
  await write(writer, recordOf('a', 'before'))
  const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`)
  const batches = await writer.prepare(keys.map((key) => recordOf(key, key)))
  expect(batches.length).toBeGreaterThan(1)
  expect(await writer.send(batches)).toMatchObject({ records: 20 })
  // Its process was killed before it noted that.
  const next = openWriter(addressOf(broker))
  expect(await next.send(batches.map((batch) => ({ ...batch })))).toMatchObject({ records: 20 })
  await write(next, recordOf('a', 'after'))
  const all = await Promise.all([0, 1, 2, 3, 4, 5].map((partition) => readAll(broker, partition)))
  const values = all.flat().map(({ value }) => String(value))
  expect(values.sort()).toEqual(['after', 'before', ...keys].sort())
})

it('puts records anew where the topic has fewer partitions than it had', async () => {
  const broker = await startBroker()
  const writer = openWriter(addressOf(broker))
  const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`)
  const batches = await writer.prepare(keys.map((key) => recordOf(key, key)))
  const { admin } = clientOf(broker)
  await admin.deleteTopic('rides')
  await admin.createTopic({ name: 'rides', partitionCount: 1, configs: {} })
  const next = openWriter(addressOf(broker))
  expect(await next.send(batches)).toMatchObject({ records: 20 })
  const values = (await readAll(broker, 0)).map(({ value }) => String(value))
  expect(values.sort()).toEqual([...keys].sort())
})

it('tells what passes from what does not', async () => {
  const broker = await startBroker()
  expect(await codeOf(openWriter(addressOf(broker, 'wrong-secret')).open())).toBe(
    'SASL_AUTHENTICATION_FAILED',
  )
  expect(await codeOf(openWriter(addressOf(broker), 'absent').open())).toBe(
    'UNKNOWN_TOPIC_OR_PARTITION',
  )
  const writer = openWriter(addressOf(broker))
  await writer.open()
  await broker.close()
  expect(await codeOf(write(writer, recordOf('k', 'v')))).toBe('BROKER_UNREACHABLE passes')
})
