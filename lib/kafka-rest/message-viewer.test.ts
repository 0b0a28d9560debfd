import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBroker } from '../../broker/index.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import { openMemoryStorage } from '../../broker/storage/memory/storage.ts'
import { ask, clusterId, ownCluster, type RestUnderTest, startRest } from './rest-for-tests.ts'

const path = '/internal/topics/orders/partitions/-/records:consume_guarantee_progress'
const topics = [{ name: 'orders', partitions: 2 }]
let rest: RestUnderTest

beforeAll(async () => {
  rest = await startRest(
    await startBroker({ clusters: [{ ...ownCluster, topics }], log: () => {} }),
  )
  const documents = [
    {
      partition_id: 0,
      headers: [{ name: 'trace', value: 'AAH/' }],
      key: { type: 'STRING', data: 'order-1' },
      value: { type: 'JSON', data: { amount: 7 } },
      timestamp: '2021-02-05T19:14:42Z',
    },
    { partition_id: 0, value: { type: 'BINARY', data: '/w==' }, timestamp: '2022-01-01T00:00:00Z' },
    { partition_id: 0, value: { type: 'STRING', data: 'x'.repeat(500) } },
    { partition_id: 1, value: { type: 'JSON', data: [1] } },
  ]
  const body = documents.map((document) => JSON.stringify(document)).join('')
  await ask(rest, { method: 'POST', path: '/topics/orders/records', body })
})
afterAll(() => rest.close())

async function view(body: object) {
  const answer = await ask(rest, { method: 'POST', path, body })
  expect(answer.status).toBe(200)
  return answer.body
}

const small = { exceeded_fields: { key: false, value: false } }

test('every record of every partition, with where to go on', async () => {
  expect(await view({ from_beginning: true })).toEqual({
    cluster_id: clusterId,
    topic_name: 'orders',
    partition_data_list: [
      {
        partition_id: 0,
        next_offset: 3,
        records: [
          {
            partition_id: 0,
            offset: 0,
            timestamp: Date.UTC(2021, 1, 5, 19, 14, 42),
            timestamp_type: 'CREATE_TIME',
            headers: [{ key: 'trace', value: 'AAH/' }],
            key: 'order-1',
            value: { amount: 7 },
            ...small,
          },
          expect.objectContaining({ offset: 1, key: null, value: { __raw__: '/w==' } }),
          expect.objectContaining({ offset: 2, value: 'x'.repeat(500) }),
        ],
      },
      {
        partition_id: 1,
        next_offset: 1,
        records: [expect.objectContaining({ offset: 0, value: [1] })],
      },
    ],
  })
})

const list = (...partitions: readonly unknown[]) => ({ partition_data_list: partitions })
const at = (partition_id: number, next_offset: number, ...offsets: readonly number[]) => ({
  partition_id,
  next_offset,
  records: offsets.map((offset) => ({ offset })),
})

test.each([
  {
    what: 'nothing but the end, which a viewer then follows',
    body: {},
    found: [at(0, 3), at(1, 1)],
  },
  {
    what: 'from offsets on, of these partitions alone',
    body: { offsets: [{ partition_id: 0, offset: 2 }] },
    found: [at(0, 3, 2)],
  },
  {
    what: 'from where an offset beyond the end leads',
    body: { offsets: [{ partition_id: 1, offset: 99 }] },
    found: [at(1, 1)],
  },
  {
    what: 'from a time on',
    body: { timestamp: Date.UTC(2021, 11, 1) },
    found: [at(0, 3, 1, 2), at(1, 1, 0)],
  },
  {
    what: 'as many as are asked for',
    body: { from_beginning: true, max_poll_records: 2 },
    found: [at(0, 2, 0, 1), at(1, 0)],
  },
  {
    what: 'as many bytes as are asked for, but always one record',
    body: { from_beginning: true, fetch_max_bytes: 1 },
    found: [at(0, 1, 0), at(1, 0)],
  },
])('$what', async ({ body, found }) => {
  expect(await view(body)).toMatchObject(list(...found))
})

test('a value that is longer than the viewer wants is left out, and said to be', async () => {
  const body = { offsets: [{ partition_id: 0, offset: 2 }], message_max_bytes: 100 }
  const record = { offset: 2, value: null, exceeded_fields: { key: false, value: true } }
  expect(await view(body)).toMatchObject(list({ next_offset: 3, records: [record] }))
})

test('a gap of a million offsets, as compaction leaves one, is crossed in one answer', async () => {
  const storage = openMemoryStorage()
  const gapped = { name: 'gapped', partitions: 1 }
  const again = { clusters: [{ ...ownCluster, topics: [gapped] }], log: () => {} }
  // The topic is made by a broker, its log by hand, and the broker that is asked finds both.
  await (await startBroker({ ...again, storage: { ...storage, close: async () => {} } })).close()
  const [topic] = (await storage.catalogue.load()).topics
  const partitionId = topic?.partitionIds[0] ?? 0
  const offsets = [0, 1_000_000, 2_000_000]
  const timestampMs = Date.now()
  const chunks = offsets.map((baseOffset) => {
    const bytes = encodeBatch([{ value: Buffer.from('1') }], { timestampMs, baseOffset })
    const times = { maxTimestampMs: timestampMs, runningMaxTimestampMs: timestampMs }
    const producers = new Uint8Array(0)
    const place = { partitionId, baseOffset, nextOffset: baseOffset + 1 }
    return { ...place, ...times, producers, bytes, sizeBytes: bytes.length }
  })
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
  const row = { partitionId, logStartOffset: 0, nextOffset: 3_000_000, sizeBytes }
  await storage.log.write({ chunks, partitions: [row] })
  const other = await startRest(await startBroker({ ...again, storage }))
  try {
    const seen = async (body: object) =>
      (await ask(other, { method: 'POST', path: path.replace('orders', 'gapped'), body })).body
    expect(await seen({ from_beginning: true })).toMatchObject(list(at(0, 2_000_001, ...offsets)))
    const behind = { offsets: [{ partition_id: 0, offset: 2_000_001 }] }
    expect(await seen(behind)).toMatchObject(list(at(0, 3_000_000)))
    const few = { from_beginning: true, max_poll_records: 2 }
    expect(await seen(few)).toMatchObject(list(at(0, 1_000_001, 0, 1_000_000)))
  } finally {
    await other.close()
  }
})

test('a topic that is not there', async () => {
  const missing = path.replace('orders', 'nowhere')
  const { status, body } = await ask(rest, { method: 'POST', path: missing, body: {} })
  expect({ status, body }).toMatchObject({ status: 404, body: { error_code: 40403 } })
})
