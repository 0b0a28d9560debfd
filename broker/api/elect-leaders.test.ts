import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { ElectLeaders } from '../protocol/messages/elect-leaders.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 2 }] } })
  client = await broker.connect()
})
afterAll(() => broker.close())

it.each([
  [0, 0],
  [1, 0],
  [2, 1],
])('needs no election of a partition that is there (v%i, type %i)', async (version, type) => {
  const answer = await client.send(ElectLeaders, version, {
    electionType: type,
    topicPartitions: [
      { topic: 'rides', partitions: [1, 2] },
      { topic: 'nowhere', partitions: [0] },
    ],
  })
  const unknown = errorCode('UNKNOWN_TOPIC_OR_PARTITION')
  expect(answer.errorCode).toBe(0)
  expect(answer.replicaElectionResults).toMatchObject([
    {
      topic: 'rides',
      partitionResult: [
        { partitionId: 1, errorCode: errorCode('ELECTION_NOT_NEEDED') },
        { partitionId: 2, errorCode: unknown, errorMessage: 'No such partition as rides-2' },
      ],
    },
    { topic: 'nowhere', partitionResult: [{ partitionId: 0, errorCode: unknown }] },
  ])
})

it('names no partition where all are asked for', async () => {
  const answer = await client.send(ElectLeaders, 2, { electionType: 0, topicPartitions: null })
  expect(answer).toMatchObject({ errorCode: 0, replicaElectionResults: [] })
})

it('refuses a kind of election that Kafka does not have', async () => {
  const answer = await client.send(ElectLeaders, 2, { electionType: 2, topicPartitions: null })
  expect(answer.errorCode).toBe(errorCode('INVALID_REQUEST'))
})
