import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { batchOf } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { encodeCompressedBatch } from '../protocol/records.ts'
import { ZERO_UUID } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const NOW = Date.now()

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: {
      topics: [
        { name: 'rides', partitions: 3 },
        { name: 'stamped', partitions: 1, config: { 'message.timestamp.type': 'LogAppendTime' } },
        { name: 'narrow', partitions: 1, config: { 'max.message.bytes': '1000' } },
      ],
    },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

function topic(name: string) {
  const found = broker.tenants.get(broker.first.id)?.topics.byName(name)
  if (found === undefined) throw new Error(`There is no topic ${name}.`)
  return found
}

interface Asked {
  readonly name?: string
  readonly topicId?: string
  readonly partitions: readonly (readonly [number, Uint8Array | null])[]
}

async function produce(
  asked: readonly Asked[],
  { version = 9, acks = -1, transactionalId = null as string | null, by = client } = {},
) {
  const response = await by.send(Produce, version, {
    transactionalId,
    acks,
    timeoutMs: 30_000,
    topicData: asked.map(({ name = '', topicId = ZERO_UUID, partitions }) => ({
      name,
      topicId,
      partitionData: partitions.map(([index, records]) => ({
        index,
        records: records === null ? null : [records],
      })),
    })),
  })
  return response.responses.flatMap((each) => each.partitionResponses)
}

const batch = (...values: string[]) => batchOf({ values }, NOW)

/** The error code of one partition's answer. */
async function errorOf(name: string, records: Uint8Array | null, version = 9): Promise<number> {
  const [answer] = await produce([{ name, partitions: [[0, records]] }], { version })
  return answer?.errorCode ?? Number.NaN
}

describe('Produce', () => {
  it('answers base offsets in every version, by name and by id', async () => {
    for (let version = 3; version <= 13; version++) {
      const expected = topic('rides').partitions[2]?.highWatermark
      const asked = version < 13 ? { name: 'rides' } : { topicId: topic('rides').id }
      const answers = await produce([{ ...asked, partitions: [[2, batch('a', 'b')]] }], { version })
      expect(answers).toMatchObject([
        { index: 2, errorCode: 0, baseOffset: expected, logAppendTimeMs: -1, errorMessage: null },
      ])
      expect(answers[0]?.logStartOffset).toBe(version >= 5 ? 0 : -1)
    }
  })

  it('lets one partition fail without the others', async () => {
    const wrongChecksum = batch('x')
    wrongChecksum.writeUInt32BE(1, 17)
    const answers = await produce([
      {
        name: 'rides',
        partitions: [
          [0, batch('fine')],
          [1, wrongChecksum],
          [3, batch('no such partition')],
        ],
      },
      { name: 'nowhere', partitions: [[0, batch('no such topic')]] },
    ])
    expect(answers.map((answer) => answer.errorCode)).toEqual([
      0,
      errorCode('CORRUPT_MESSAGE'),
      errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
      errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
    ])
    expect(answers[1]).toMatchObject({ baseOffset: -1 })
    expect(answers[1]?.errorMessage).toMatch(/checksum/)
  })

  it('answers UNKNOWN_TOPIC_ID for an id that is not ours', async () => {
    const answers = await produce(
      [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: [[0, batch('x')]] }],
      { version: 13 },
    )
    expect(answers).toMatchObject([{ errorCode: errorCode('UNKNOWN_TOPIC_ID') }])
  })

  it('refuses what is no batch, too large, or compressed in a way the version has not', async () => {
    const zstd = await encodeCompressedBatch([{ value: Buffer.alloc(10) }], 'zstd', {
      timestampMs: NOW,
    })
    expect(await errorOf('rides', null)).toBe(errorCode('INVALID_RECORD'))
    expect(await errorOf('rides', Buffer.alloc(0))).toBe(errorCode('INVALID_RECORD'))
    expect(await errorOf('narrow', batch('y'.repeat(1000)))).toBe(errorCode('MESSAGE_TOO_LARGE'))
    expect(await errorOf('rides', Buffer.from(zstd), 6)).toBe(
      errorCode('UNSUPPORTED_COMPRESSION_TYPE'),
    )
    expect(await errorOf('rides', Buffer.from(zstd), 7)).toBe(0)
  })

  it('refuses a partition that is named twice, and appends neither batch', async () => {
    const before = topic('rides').partitions[1]?.nextOffset
    const answers = await produce([
      { name: 'rides', partitions: [[1, batch('a')]] },
      {
        name: 'rides',
        partitions: [
          [0, batch('c')],
          [1, batch('b')],
        ],
      },
    ])
    expect(answers.map((answer) => answer.errorCode)).toEqual([42, 0, 42])
    expect(topic('rides').partitions[1]?.nextOffset).toBe(before)
  })

  it('refuses other acks than -1, 0 and 1, and transactional ids', async () => {
    for (const acks of [-2, 2, 100]) {
      expect(
        await produce([{ name: 'rides', partitions: [[0, batch('x')]] }], { acks }),
      ).toMatchObject([{ errorCode: errorCode('INVALID_REQUIRED_ACKS') }])
    }
    const asked = [{ name: 'rides', partitions: [[0, batch('x')]] as const }]
    expect(await produce(asked, { transactionalId: 'orders' })).toMatchObject([
      { errorCode: errorCode('TRANSACTIONAL_ID_AUTHORIZATION_FAILED') },
    ])
  })

  it('answers nothing for acks=0, in order with what follows, and appends', async () => {
    const before = topic('rides').partitions[0]?.nextOffset ?? 0
    const other = await broker.connect()
    other.post(Produce, 7, {
      transactionalId: null,
      acks: 0,
      timeoutMs: 1000,
      topicData: [{ name: 'rides', partitionData: [{ index: 0, records: [batch('silent')] }] }],
    })
    const asked = [{ name: 'rides', partitions: [[0, batch('loud')]] as const }]
    expect(await produce(asked, { by: other })).toMatchObject([{ baseOffset: before + 1 }])
    other.close()
  })

  it('ends the connection where a produce with acks=0 is refused', async () => {
    const other = await broker.connect()
    other.post(Produce, 7, {
      transactionalId: null,
      acks: 0,
      timeoutMs: 1000,
      topicData: [{ name: 'nowhere', partitionData: [{ index: 0, records: [batch('x')] }] }],
    })
    await other.closed
    expect(await broker.logged(/acks=0/)).toMatch(/UNKNOWN_TOPIC_OR_PARTITION/)
  })

  it('answers the time of appending where the topic says so', async () => {
    const [answer] = await produce([{ name: 'stamped', partitions: [[0, batch('x')]] }])
    expect(answer?.logAppendTimeMs).toBeGreaterThanOrEqual(NOW)
  })

  it('answers a batch sent twice with its first offset, and counts it once', async () => {
    const { counters } = topic('rides')
    const sent = { values: ['once'], producerId: 77, producerEpoch: 0, baseSequence: 0 }
    const first = await produce([{ name: 'rides', partitions: [[0, batchOf(sent, NOW)]] }])
    const counted = { ...counters }
    const again = await produce([{ name: 'rides', partitions: [[0, batchOf(sent, NOW)]] }])
    expect(again).toEqual(first)
    expect(counters).toEqual(counted)
  })

  it('counts the bytes and records of what was stored, and of nothing else', async () => {
    const { counters } = topic('narrow')
    const sent = batch('one', 'two')
    await produce([{ name: 'narrow', partitions: [[0, sent]] }])
    await errorOf('narrow', batch('y'.repeat(1000)))
    expect(counters).toEqual({ bytesIn: sent.length, bytesOut: 0, recordsIn: 2, recordsOut: 0 })
  })

  it('keeps the order of requests that one connection sends without waiting', async () => {
    const requests = Array.from({ length: 50 }, (_, n) =>
      produce([
        {
          name: 'rides',
          partitions: [[1, batchOf({ values: [`${n}`], producerId: 88, baseSequence: n }, NOW)]],
        },
      ]),
    )
    const answers = (await Promise.all(requests)).flat()
    expect(answers.map((answer) => answer.errorCode)).toEqual(Array(50).fill(0))
    const offsets = answers.map((answer) => answer.baseOffset)
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  })
})
