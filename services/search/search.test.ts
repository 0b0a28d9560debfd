import { afterAll, beforeAll, expect, it, test, vi } from 'vitest'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import {
  encodeBatch,
  encodeCompressedBatch,
  type NewRecord,
} from '../../broker/protocol/records.ts'
import type { SearchBody, SearchEvent } from '../../broker/rules/services-control.ts'
import { PRODUCE_VERSION } from '../../broker/testing/produce.ts'
import { startTestBroker, type TestBroker } from '../../broker/testing/test-broker.ts'
import { createBrokerControl } from '../../lib/control/broker.ts'
import { readSearchEvents } from '../../lib/control/search-events.ts'
import { createServicesControl, type ServicesControl } from '../../lib/control/services.ts'
import type { ClusterClient } from '../../lib/kafka/cluster-client.ts'
import { connectCluster } from '../../lib/kafka/connect-cluster.ts'
import { internalAddress } from '../../lib/kafka/credentials.ts'
import { serveControl } from '../control.ts'
import { searchRoutes } from './routes.ts'

const token = 'token-of-this-start'
const internalKey = Buffer.alloc(32, 7)
let broker: TestBroker
let cluster: ClusterClient
let services: ServicesControl
let stop: () => void
let topics = 0

beforeAll(async () => {
  broker = await startTestBroker({ internalKey, control: { token } })
  const addressOf = (id: string) => internalAddress(id, { internalKey, kafkaPorts: broker.ports })
  cluster = connectCluster(addressOf(broker.first.id))
  const served = await serveControl({
    port: 0,
    token,
    status: () => ({ startId: 'x', startedMs: 0, pid: 1 }),
    routes: { '/v1/search': searchRoutes(addressOf) },
  })
  if (!served.ok) throw new Error(served.reason)
  stop = served.value.stop
  services = createServicesControl({ url: served.value.url, token })
})
afterAll(async () => {
  stop()
  await cluster.close()
  await broker.close()
})

async function newTopic(partitionCount = 1): Promise<string> {
  topics += 1
  const name = `searched-${topics}`
  await cluster.admin.createTopic({ name, partitionCount, configs: {} })
  return name
}

/** Appends a batch as it is; every partition's leader is the node of its turn. */
async function append(topic: string, batch: Uint8Array, partition = 0): Promise<void> {
  for (const node of [1, 2, 3]) {
    const client = await broker.connect({ node })
    const answer = await client.send(Produce, PRODUCE_VERSION, {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: topic, partitionData: [{ index: partition, records: [batch] }] }],
    })
    client.close()
    const errorCode = answer.responses[0]?.partitionResponses[0]?.errorCode
    if (errorCode === 0) return
    const notLeader = 6
    expect(errorCode).toBe(notLeader)
  }
}

const timestampMs = 1_700_000_000_000
const values = (texts: readonly string[]): NewRecord[] =>
  texts.map((text) => ({ value: Buffer.from(text) }))
const plain = (records: readonly NewRecord[]) => encodeBatch(records, { timestampMs })

async function search(
  topic: string,
  query: string,
  more: Partial<SearchBody> = {},
): Promise<SearchEvent[]> {
  const stream = await services.openSearch(
    { clusterId: broker.first.id, topic, query, ...more },
    new AbortController().signal,
  )
  if (!stream.ok) throw new Error(`${stream.code}: ${stream.message}`)
  const events: SearchEvent[] = []
  for await (const event of readSearchEvents(stream.value)) events.push(event)
  return events
}

const rowsOf = (events: readonly SearchEvent[]) =>
  events.flatMap((event) => (event.type === 'matches' ? event.rows : []))
const offsetsOf = (events: readonly SearchEvent[]) => rowsOf(events).map(({ offset }) => offset)
function doneOf(events: readonly SearchEvent[]) {
  const last = events.at(-1)
  if (last?.type !== 'done') throw new Error(`The last event is ${JSON.stringify(last)}`)
  return last
}

/** One topic for the queries below: each row of the table names the offsets that it finds. */
const records: readonly NewRecord[] = [
  /* 0 */ { key: b('18'), value: b('{"orderid":18,"address":{"city":"Palo Alto","zip":94301}}') },
  /* 1 */ { key: b('{"id":7}'), value: b('{"orderid":180,"address":{"city":"Mountain View"}}') },
  /* 2 */ { value: b('{"orderid":1.8e1,"tags":["x","y"],"amount":0.1234567890123456789012345}') },
  /* 3 */ { value: b('{"big":9007199254740993}') },
  /* 4 */ { value: b('{"big":9007199254740992}') },
  /* 5 */ { value: b('{"address":{"city":"Palo\\u0020Alto"},"orderid":"18"}') },
  /* 6 */ { key: b('tomb'), value: null },
  /* 7 */ { value: Buffer.from([0xff, 0xfe, 0x00, 0x31, 0x38]) },
  /* 8 */ { value: b('plain Zoë text'), headers: [{ key: 'trace', value: b('abc-18') }] },
  /* 9 */ { value: b('{ "odd name" : [ { "b" : null } , { "b" : true } ] , "e" : "" }') },
  /* 10 */ { value: b('{"orderid":18.00,"unfinished":') },
  /* 11 */ { value: b('{"a":{"orderid":18},"text":"\\"orderid\\":18"}') },
]

function b(text: string): Buffer {
  return Buffer.from(text)
}

const queries: readonly (readonly [string, readonly number[]])[] = [
  ['', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ['Palo', [0, 5]],
  ['palo', [0, 5]],
  ['"palo"', []],
  ['zOË', []],
  ['ZOë', [8]],
  ['Zoë', [8]],
  ['"Palo Alto"', [0]],
  ['city -Mountain', [0, 5]],
  ['key:18', [0]],
  ['key = tomb', [6]],
  ['key = tom', []],
  ['value:tomb', []],
  ['key:TOM', [6]],
  ['key:"TOM"', []],
  ['header.trace:18', [8]],
  ['header.trace:ABC', [8]],
  ['header.trace = abc-18', [8]],
  ['header.other:18', []],
  ['$.address.city = "Palo Alto"', [0, 5]],
  ['$.orderid = 18', [0, 2, 5, 10]],
  ['value.orderid = "18"', [5]],
  ['$.orderid:180', [1]],
  ['$.a.orderid = 18', [11]],
  ['$.*.orderid = 18', [11]],
  ['key.id:7', [1]],
  ['$.tags[1] = y', [2]],
  ['$.tags[0] = y', []],
  ['$.tags[*] = y', [2]],
  ['$.amount = 0.1234567890123456789012345', [2]],
  ['$.amount = 0.1234567890123456789012346', []],
  ['$.big = 9007199254740993', [3]],
  ['$.big = 9007199254740992.0', [4]],
  ['$["odd name"][0].b = null', [9]],
  ['$["odd name"][*].b = true', [9]],
  ['$.e = ""', [9]],
  ['$.big != 9007199254740993 big', [4]],
  ['$.orderid = 18 address', [0, 5]],
]

for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
  test(`every kind of query finds what it should in batches compressed with ${codec}`, async () => {
    const topic = await newTopic()
    await append(topic, await encodeCompressedBatch(records.slice(0, 7), codec, { timestampMs }))
    await append(topic, await encodeCompressedBatch(records.slice(7), codec, { timestampMs }))
    for (const [query, offsets] of queries) {
      const events = await search(topic, query)
      expect({ query, offsets: offsetsOf(events) }).toEqual({ query, offsets })
      expect(doneOf(events)).toMatchObject({
        reason: 'end',
        scanned: 12,
        total: 12,
        matched: offsets.length,
        undecodable: 0,
        positions: '0:12',
      })
    }
  })
}

it('pauses at the limit and goes on from there, telling everything once', async () => {
  const topic = await newTopic(3)
  const all = new Set<string>()
  for (const partition of [0, 1, 2]) {
    for (const size of [7, 1, 400, 30]) {
      await append(topic, plain(values(Array.from({ length: size }, () => 'same'))), partition)
    }
  }
  let from: SearchBody['from'] = { kind: 'beginning' }
  let rounds = 0
  for (let reason = 'limit'; reason === 'limit'; rounds++) {
    const events = await search(topic, 'same', { from, matchesMax: 100 })
    const rows = rowsOf(events)
    for (const { partition, offset } of rows) {
      const place = `${partition}:${offset}`
      expect(all.has(place)).toBe(false)
      all.add(place)
    }
    const done = doneOf(events)
    expect(rows.length).toBe(done.matched)
    reason = done.reason
    from = { kind: 'offsets', positions: done.positions }
  }
  expect(all.size).toBe(3 * 438)
  expect(rounds).toBe(14)
})

it('begins where it is told to, in the partitions that it is told', async () => {
  const topic = await newTopic(2)
  const at = (timestamp: number) => encodeBatch(values(['x']), { timestampMs: timestamp })
  for (const [index, partition] of [0, 1, 0, 1, 0].entries()) {
    await append(topic, at(timestampMs + index * 1000), partition)
  }
  const places = (events: SearchEvent[]) =>
    rowsOf(events)
      .map(({ partition, offset }) => `${partition}:${offset}`)
      .sort()
  expect(places(await search(topic, 'x', { partitions: [1] }))).toEqual(['1:0', '1:1'])
  const since = { kind: 'timestamp', timestampMs: timestampMs + 3000 } as const
  expect(places(await search(topic, 'x', { from: since }))).toEqual(['0:2', '1:1'])
  const never = { kind: 'timestamp', timestampMs: timestampMs + 9000 } as const
  expect(places(await search(topic, 'x', { from: never }))).toEqual([])
  const offsets = { kind: 'offsets', positions: '0:1' } as const
  expect(places(await search(topic, 'x', { from: offsets }))).toEqual(['0:1', '0:2'])
  const beyond = { kind: 'offsets', positions: '0:99,1:99' } as const
  expect(doneOf(await search(topic, 'x', { from: beyond }))).toMatchObject({ total: 0 })
})

it('tells which batch it could not read and why, and reads on behind it', async () => {
  const topic = await newTopic()
  const broken = encodeBatch([{ value: b('x') }], { timestampMs })
  // A gzip batch whose content is none: the broker checks the checksum, not what is compressed.
  const notGzip = await garbledBatch(broken)
  await append(topic, plain(values(['first'])))
  await append(topic, notGzip)
  await append(topic, plain(values(['last'])))
  const events = await search(topic, 'last')
  expect(offsetsOf(events)).toEqual([2])
  expect(events.filter(({ type }) => type === 'undecodable')).toEqual([
    {
      type: 'undecodable',
      partition: 0,
      fromOffset: 1,
      toOffset: 2,
      reason: expect.stringContaining('gzip'),
    },
  ])
  expect(doneOf(events)).toMatchObject({ scanned: 2, undecodable: 1, reason: 'end' })
})

async function garbledBatch(batch: Buffer): Promise<Buffer> {
  const { crc32c } = await import('@node-rs/crc32')
  const gzip = 1
  const garbled = Buffer.from(batch)
  garbled.writeInt16BE(gzip, 21)
  garbled.writeUInt32BE(crc32c(garbled.subarray(21)), 17)
  return garbled
}

it('cuts long values for lists and gives them whole for exports', async () => {
  const topic = await newTopic()
  const long = `needle${'x'.repeat(100_000)}`
  await append(topic, plain(values([long])))
  const [cut] = rowsOf(await search(topic, 'needle'))
  expect(cut?.value).toMatchObject({ isWhole: false, sizeBytes: long.length })
  const [whole] = rowsOf(await search(topic, 'needle', { rows: 'whole', matchesMax: null }))
  expect(whole?.value).toEqual({ form: 'text', text: long, isWhole: true, sizeBytes: long.length })
})

it('finds what stands at the end of the largest message, and carries it whole', async () => {
  const topic = `searched-large`
  const configs = { 'max.message.bytes': '8388608' }
  await cluster.admin.createTopic({ name: topic, partitionCount: 1, configs })
  const filler = 'zoë '.repeat(1_600_000)
  const json = `{"filler":"${filler}","big":12345678901234567890,"end":"ne\\u0065dle"}`
  const headers = Array.from({ length: 200 }, (_, index) => ({
    key: `header-${index}`,
    value: index === 199 ? null : Buffer.from([0xff, index]),
  }))
  await append(topic, plain([{ key: Buffer.from([0, 255]), value: b(json), headers }]))
  expect(offsetsOf(await search(topic, '$.end = needle'))).toEqual([0])
  const events = await search(topic, '$.big = 12345678901234567890', { rows: 'whole' })
  const [row] = rowsOf(events)
  expect(row?.value?.text === json).toBe(true)
  expect(row?.key).toMatchObject({ form: 'hex', text: '00ff' })
  expect(row?.headers[199]).toEqual({ name: 'header-199', value: null })
  expect(row?.headers).toHaveLength(200)
})

it('ends with whoever asked, and makes room for the next', async () => {
  const topic = await newTopic()
  const block = plain(values(Array.from({ length: 2000 }, () => 'y'.repeat(200))))
  for (let i = 0; i < 60; i++) await append(topic, block)
  const open = async () => {
    const gone = new AbortController()
    const body = { clusterId: broker.first.id, topic, query: 'y', matchesMax: null }
    return { gone, answer: await services.openSearch({ ...body, rows: 'whole' }, gone.signal) }
  }
  const socketsBefore = openSockets()
  // Nobody reads, so each stands still in the middle with its connections open.
  const searches = [await open(), await open(), await open(), await open()]
  expect(searches.map(({ answer }) => answer.ok)).toEqual([true, true, true, true])
  expect((await open()).answer).toMatchObject({ ok: false, code: 'TOO_MANY_SEARCHES' })
  searches[0]?.gone.abort()
  let next = await open()
  while (!next.answer.ok) next = await open()
  expect(openSockets()).toBeGreaterThan(socketsBefore)
  for (const { gone } of [...searches, next]) gone.abort()
  await vi.waitFor(() => expect(openSockets()).toBeLessThanOrEqual(socketsBefore), 10_000)
})

/** Both ends of every connection of this process: test, services and broker are all in it. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
}

it('refuses what it cannot search in a sentence', async () => {
  const topic = await newTopic()
  await expect(search(topic, '$.a = "b')).rejects.toThrow(
    'INVALID_QUERY: Character 7: The quote is never closed.',
  )
  await expect(search('absent', 'x')).rejects.toThrow('UNKNOWN_TOPIC_OR_PARTITION')
  await expect(search(topic, 'x', { partitions: [7] })).rejects.toThrow(
    `UNKNOWN_TOPIC_OR_PARTITION: Topic '${topic}' has no partition 7.`,
  )
  await expect(search(topic, 'x', { from: { kind: 'offsets', positions: 'x' } })).rejects.toThrow(
    'Positions look like 0:17,1:4.',
  )
})

it('reads nothing that counts as consumption', async () => {
  const topic = await newTopic()
  await append(topic, plain(values(['x'])))
  await search(topic, 'x')
  const control = createBrokerControl({ url: broker.controlUrl ?? '', token })
  const counters = await control.counters()
  if (!counters.ok) throw new Error(counters.message)
  expect(counters.value.tenants[broker.first.id]?.topics[topic]).toMatchObject({ bytesOut: 0 })
})
