import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { ListOffsets } from '../protocol/messages/list-offsets.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 2 }] } })
  client = await broker.connect()
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  if (log === undefined) throw new Error('The topic was created with the broker.')
  for (const timestampsMs of [
    [1000, 1100, 1050],
    [2000, 1900],
  ]) {
    granted(await log.append(batchOf({ values: timestampsMs.map(String), timestampsMs })))
  }
  granted(await log.deleteRecords(1))
})
afterAll(() => broker.close())

interface Asked {
  readonly partition?: number
  readonly version?: number
  readonly currentLeaderEpoch?: number
}

async function ask(name: string, timestamps: readonly number[], asked: Asked = {}) {
  const { partition = 0, version = 9, currentLeaderEpoch = -1 } = asked
  const answers = []
  for (const timestamp of timestamps) {
    const { topics } = await client.send(ListOffsets, version, {
      replicaId: -1,
      isolationLevel: 1,
      topics: [
        { name, partitions: [{ partitionIndex: partition, timestamp, currentLeaderEpoch }] },
      ],
    })
    answers.push(...topics.flatMap(({ partitions }) => partitions))
  }
  return answers
}

async function offsets(timestamps: readonly number[], asked: Asked = {}) {
  return (await ask('rides', timestamps, asked)).map(({ offset }) => offset)
}

describe('ListOffsets', () => {
  it('answers the end, the start and the record at or after a time in every version', async () => {
    for (let version = 1; version <= 10; version++) {
      expect(await offsets([-1, -2, 0, 1060, 1101, 1950, 2001], { version })).toEqual([
        5, 1, 1, 1, 3, 3, -1,
      ])
    }
  })

  it('answers the time of the record it found, and -1 where it found none', async () => {
    expect(await ask('rides', [1101, 3000, -1])).toMatchObject([
      { errorCode: 0, offset: 3, timestamp: 2000, leaderEpoch: 0 },
      { errorCode: 0, offset: -1, timestamp: -1, leaderEpoch: -1 },
      { errorCode: 0, offset: 5, timestamp: -1, leaderEpoch: 0 },
    ])
  })

  it('answers the largest timestamp from version 7 on', async () => {
    expect(await ask('rides', [-3], { version: 7 })).toMatchObject([
      { errorCode: 0, offset: 3, timestamp: 2000 },
    ])
    expect(await ask('rides', [-3], { version: 6 })).toMatchObject([
      { errorCode: errorCode('UNSUPPORTED_VERSION'), offset: -1 },
    ])
  })

  it('has no tiers: the local start is the start, and nothing was ever moved', async () => {
    expect(await offsets([-4, -5])).toEqual([1, -1])
  })

  it('answers an empty partition', async () => {
    expect(await offsets([-1, -2, -3, 0], { partition: 1 })).toEqual([0, 0, -1, -1])
  })

  it('refuses unknown partitions, unknown negative times and epochs that are not ours', async () => {
    const errors = async (name: string, timestamp: number, asked: Asked = {}) =>
      (await ask(name, [timestamp], asked)).map((answer) => answer.errorCode)
    expect(await errors('nowhere', -1)).toEqual([errorCode('UNKNOWN_TOPIC_OR_PARTITION')])
    expect(await errors('rides', -1, { partition: 7 })).toEqual([
      errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
    ])
    expect(await errors('rides', -77)).toEqual([errorCode('UNSUPPORTED_VERSION')])
    expect(await errors('rides', -1, { currentLeaderEpoch: 3 })).toEqual([
      errorCode('UNKNOWN_LEADER_EPOCH'),
    ])
    expect(await errors('rides', -1, { currentLeaderEpoch: 0 })).toEqual([0])
  })

  it('refuses a partition that is named twice', async () => {
    const partition = { partitionIndex: 0, timestamp: -1 }
    const other = { partitionIndex: 1, timestamp: -1 }
    const { topics } = await client.send(ListOffsets, 9, {
      replicaId: -1,
      topics: [{ name: 'rides', partitions: [partition, other, partition] }],
    })
    expect(topics[0]?.partitions.map((answer) => answer.errorCode)).toEqual([42, 0, 42])
  })
})
