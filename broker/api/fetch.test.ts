import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../clock.ts'
import { internalPassword, internalUsername } from '../cluster/credentials.ts'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { encodeCompressedBatch } from '../protocol/records.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient
let clock: FakeClock

beforeEach(async () => {
  clock = createFakeClock()
  broker = await startTestBroker({
    clock,
    first: {
      topics: [
        { name: 'rides', partitions: 3 },
        { name: 'empty', partitions: 1 },
      ],
    },
  })
  client = await broker.connect()
})
afterEach(() => broker.close())

function topic(name = 'rides') {
  const found = broker.tenants.get(broker.first.id)?.topics.byName(name)
  if (found === undefined) throw new Error(`There is no topic ${name}.`)
  return found
}

function log(partition = 0, name = 'rides') {
  const found = topic(name).partitions[partition]
  if (found === undefined) throw new Error(`There is no partition ${partition}.`)
  return found
}

async function append(partition: number, ...values: string[]): Promise<number> {
  const bytes = batchOf({ values }, clock.nowMs())
  granted(await log(partition).append(bytes))
  return bytes.length
}

interface Asked {
  readonly version?: number
  readonly maxWaitMs?: number
  readonly minBytes?: number
  readonly maxBytes?: number
  readonly partitionMaxBytes?: number
  readonly isolationLevel?: number
  readonly session?: readonly [number, number]
  readonly currentLeaderEpoch?: number
  readonly name?: string
  readonly topicId?: string
  /** Partition and offset. */
  readonly from?: readonly (readonly [number, number])[]
}

function fetchRaw(asked: Asked, by = client) {
  const { version = 12, from = [[0, 0]], session = [0, -1] } = asked
  return by.send(Fetch, version, {
    maxWaitMs: asked.maxWaitMs ?? 0,
    minBytes: asked.minBytes ?? 1,
    maxBytes: asked.maxBytes ?? 1_000_000,
    isolationLevel: asked.isolationLevel ?? 0,
    sessionId: session[0],
    sessionEpoch: session[1],
    topics: [
      {
        topic: asked.name ?? 'rides',
        topicId: asked.topicId ?? topic().id,
        partitions: from.map(([partition, fetchOffset]) => ({
          partition,
          fetchOffset,
          partitionMaxBytes: asked.partitionMaxBytes ?? 1_000_000,
          currentLeaderEpoch: asked.currentLeaderEpoch ?? -1,
        })),
      },
    ],
  })
}

async function fetch(asked: Asked = {}, by = client) {
  const { responses } = await fetchRaw(asked, by)
  return responses.flatMap(({ partitions }) =>
    partitions.map(({ records, ...partition }) => ({
      ...partition,
      bytes: (records ?? []).reduce((sum, { length }) => sum + length, 0),
    })),
  )
}

/** Resolves when so many fetches are parked on a partition. */
async function parked(count: number, partition = 0): Promise<void> {
  while (log(partition).waiters.size !== count) await new Promise(setImmediate)
}

describe('a Fetch that finds something', () => {
  it('answers at once in every version, by name and by id', async () => {
    const size = await append(0, 'a', 'b')
    for (let version = 4; version <= 18; version++) {
      const answer = await fetchRaw({ version, maxWaitMs: 60_000 })
      expect(answer).toMatchObject({ errorCode: 0, sessionId: 0 })
      expect(answer.responses[0]?.topic).toBe(version < 13 ? 'rides' : '')
      const [partition] = answer.responses[0]?.partitions ?? []
      expect(partition).toMatchObject({
        errorCode: 0,
        highWatermark: 2,
        lastStableOffset: 2,
        logStartOffset: version >= 5 ? 0 : -1,
        preferredReadReplica: -1,
      })
      expect(Buffer.concat(partition?.records ?? [])).toHaveLength(size)
    }
  })

  it('gives the whole batch that holds the offset', async () => {
    const size = await append(0, 'a', 'b', 'c')
    expect(await fetch({ from: [[0, 2]] })).toMatchObject([{ bytes: size }])
  })

  it('stops at the sizes asked for, but always gives the first batch', async () => {
    const size = await append(0, 'x'.repeat(500))
    await append(0, 'x'.repeat(500))
    await append(1, 'x'.repeat(500))
    const bytes = async (asked: Asked) => (await fetch(asked)).map((partition) => partition.bytes)
    const from = [
      [2, 0],
      [0, 0],
      [1, 0],
    ] as const
    expect(await bytes({ from })).toEqual([0, 2 * size, size])
    expect(await bytes({ from, partitionMaxBytes: 1 })).toEqual([0, size, 0])
    expect(await bytes({ from, partitionMaxBytes: size })).toEqual([0, size, size])
    expect(await bytes({ from, maxBytes: 1 })).toEqual([0, size, 0])
    expect(await bytes({ from, maxBytes: 3 * size - 1 })).toEqual([0, 2 * size, 0])
    expect(await bytes({ from, maxBytes: 0, minBytes: 0 })).toEqual([0, size, 0])
  })

  it('lists no aborted transactions to readers of committed records', async () => {
    await append(0, 'a')
    expect(await fetch({ isolationLevel: 1 })).toMatchObject([{ abortedTransactions: [] }])
    expect(await fetch({ isolationLevel: 0 })).toMatchObject([{ abortedTransactions: null }])
  })

  it('tells clients before version 10 that they cannot read zstd', async () => {
    const zstd = await encodeCompressedBatch([{ value: Buffer.alloc(9) }], 'zstd', {
      timestampMs: clock.nowMs(),
    })
    granted(await log().append(Buffer.from(zstd)))
    const code = errorCode('UNSUPPORTED_COMPRESSION_TYPE')
    expect(await fetch({ version: 9 })).toMatchObject([{ errorCode: code, bytes: 0 }])
    expect(await fetch({ version: 10 })).toMatchObject([{ errorCode: 0, bytes: zstd.length }])
  })

  it('counts the bytes and records that it gave, for the topic and for the client', async () => {
    const size = await append(0, 'a', 'b', 'c')
    await fetch()
    // The batch comes whole, but its reader throws away what stands before the offset asked for.
    await fetch({ from: [[0, 1]] })
    await fetch({ from: [[0, 3]] })
    const moved = { bytesIn: 0, recordsIn: 0, bytesOut: 2 * size, recordsOut: 5 }
    expect(topic().counters).toEqual(moved)
    const clients = broker.tenants.get(broker.first.id)?.clients.byClientId
    expect([...(clients?.keys() ?? [])]).toEqual(['test'])
    expect(clients?.get('test')?.counters).toEqual(moved)
    expect([...(clients?.get('test')?.fetchedMs.keys() ?? [])]).toEqual([topic().id])
  })
})

describe('what an internal principal reads', () => {
  it('counts nowhere, and what it produces counts', async () => {
    const internalKey = new Uint8Array(32).fill(7)
    const other = await startTestBroker({
      internalKey,
      first: { topics: [{ name: 'rides', partitions: 1 }] },
    })
    const username = internalUsername(other.first.id)
    const password = internalPassword(internalKey, username)
    const internal = await other.connect({
      cluster: { id: other.first.id, key: username, secret: password },
    })
    const bytes = batchOf({ values: ['a'] }, Date.now())
    await internal.send(Produce, 9, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: 'rides', partitionData: [{ index: 0, records: [bytes] }] }],
    })
    const [answer] = await fetch({}, internal)
    expect(answer).toMatchObject({ errorCode: 0, bytes: bytes.length })
    expect(other.tenants.get(other.first.id)?.topics.byName('rides')?.counters).toEqual({
      bytesIn: bytes.length,
      bytesOut: 0,
      recordsIn: 1,
      recordsOut: 0,
    })
    expect(other.tenants.get(other.first.id)?.clients.byClientId.size).toBe(0)
    await other.close()
  })
})

describe('a Fetch that is refused', () => {
  it('says at once which partition and why', async () => {
    await append(0, 'a', 'b')
    await log().deleteRecords(1)
    const of = async (asked: Asked) => {
      const answers = await fetch({ maxWaitMs: 60_000, minBytes: 1000, ...asked })
      return answers.map((partition) => partition.errorCode)
    }
    const outOfRange = errorCode('OFFSET_OUT_OF_RANGE')
    expect(await of({ from: [[0, 0]] })).toEqual([outOfRange])
    expect(await of({ from: [[0, 3]] })).toEqual([outOfRange])
    expect(await of({ from: [[0, -1]] })).toEqual([outOfRange])
    expect(await fetch({ from: [[0, 0]] })).toMatchObject([{ logStartOffset: 1, highWatermark: 2 }])
    expect(await of({ from: [[9, 0]] })).toEqual([errorCode('UNKNOWN_TOPIC_OR_PARTITION')])
    expect(await of({ name: 'nowhere' })).toEqual([errorCode('UNKNOWN_TOPIC_OR_PARTITION')])
    expect(await of({ version: 13, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' })).toEqual([
      errorCode('UNKNOWN_TOPIC_ID'),
    ])
    expect(await of({ from: [[0, 1]], currentLeaderEpoch: 1 })).toEqual([
      errorCode('UNKNOWN_LEADER_EPOCH'),
    ])
    expect(
      await of({
        from: [
          [0, 1],
          [1, 0],
          [9, 0],
        ],
      }),
    ).toEqual([0, 0, 3])
  })
})

describe('a Fetch that finds too little', () => {
  it('parks, and answers as soon as enough is stored over all partitions', async () => {
    const size = await append(0, 'a')
    const answer = fetch({
      maxWaitMs: 60_000,
      minBytes: 3 * size,
      from: [
        [0, 1],
        [1, 0],
      ],
    })
    await parked(1)
    await append(0, 'b')
    await append(1, 'c')
    expect([log(0).waiters.size, log(1).waiters.size]).toEqual([1, 1])
    await append(0, 'd')
    expect((await answer).map(({ bytes }) => bytes)).toEqual([2 * size, size])
    expect([log(0).waiters.size, log(1).waiters.size]).toEqual([0, 0])
  })

  it('answers what there is when its time is up', async () => {
    const size = await append(0, 'a')
    const answer = fetch({ maxWaitMs: 500, minBytes: 1000 })
    await parked(1)
    clock.advance(499)
    expect(log().waiters.size).toBe(1)
    clock.advance(1)
    expect(await answer).toMatchObject([{ errorCode: 0, bytes: size }])
    expect(log().waiters.size).toBe(0)
  })

  it('answers an empty partition with min_bytes=0 at once', async () => {
    expect(await fetch({ maxWaitMs: 60_000, minBytes: 0 })).toMatchObject([{ bytes: 0 }])
  })

  it('does not wait for more than it may return', async () => {
    const size = await append(0, 'a'.repeat(100))
    await append(0, 'b')
    const answer = await fetch({ maxWaitMs: 60_000, minBytes: 1_000_000, maxBytes: size })
    expect(answer).toMatchObject([{ bytes: size }])
  })

  it('learns at once that its topic was deleted', async () => {
    const byName = fetch({ maxWaitMs: 60_000 })
    const other = await broker.connect()
    const byId = fetch({ maxWaitMs: 60_000, version: 13 }, other)
    await parked(2)
    await broker.tenants.get(broker.first.id)?.topics.delete([{ name: 'rides' }])
    expect(await byName).toMatchObject([{ errorCode: errorCode('UNKNOWN_TOPIC_OR_PARTITION') }])
    expect(await byId).toMatchObject([{ errorCode: errorCode('UNKNOWN_TOPIC_ID') }])
  })

  it('leaves nothing behind when its connection closes', async () => {
    const other = await broker.connect()
    const answer = fetch(
      {
        maxWaitMs: 60_000,
        from: [
          [0, 0],
          [1, 0],
        ],
      },
      other,
    ).catch(() => 'ended')
    await parked(1)
    other.close()
    expect(await answer).toBe('ended')
    await parked(0)
    await parked(0, 1)
  })
})
