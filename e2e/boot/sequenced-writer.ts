import type { KafkaClient } from '../../broker/protocol/client.ts'
import { CreateTopics } from '../../broker/protocol/messages/create-topics.ts'
import { DeleteTopics } from '../../broker/protocol/messages/delete-topics.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { batchesIn } from '../../broker/protocol/record-batch.ts'
import { decodePlainRecords, encodeBatch } from '../../broker/protocol/records.ts'
import { connectKafka } from '../support/kafka-connection.ts'
import type { BrokerProcess } from './broker-process.ts'

/** An idempotent producer of one partition that knows exactly what was acknowledged. Codes are Kafka's. */
export interface Writer {
  readonly producer: Producer
  /** The numbers of the records that were acknowledged, which are their offsets too. */
  readonly stored: number[]
  /** Sends the next record; one that was refused is sent again, with the same sequence. */
  write(): Promise<number>
  /** The numbers of all records in the partition. */
  readAll(): Promise<readonly number[]>
  commit(): Promise<number>
  createTopic(name: string): Promise<number>
  deleteTopic(name: string): Promise<number>
}

export interface Producer {
  readonly producerId: number
  readonly producerEpoch: number
}

const valueBytes = 200_000

/** Goes on where another writer was, if that is given. */
export async function connectWriter(
  { ports, file }: BrokerProcess,
  topic: string,
  before?: Pick<Writer, 'producer' | 'stored'>,
): Promise<Writer> {
  const client = await connectKafka({ port: ports[0] ?? 0, ...file })
  const producer = before?.producer ?? (await initialise(client))
  const stored = [...(before?.stored ?? [])]

  async function write(): Promise<number> {
    const number = stored.length
    const value = Buffer.alloc(valueBytes, `${number}|`)
    const identity = { ...producer, baseSequence: number }
    const records = [encodeBatch([{ value }], { timestampMs: Date.now(), ...identity })]
    const { responses } = await client.send(Produce, 9, {
      ...{ acks: -1, timeoutMs: 30_000 },
      topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
    })
    const written = responses[0]?.partitionResponses[0]
    if (written?.errorCode === 0) {
      if (written.baseOffset !== number) {
        throw new Error(`Record ${number} was acknowledged at offset ${written.baseOffset}`)
      }
      stored.push(number)
    }
    return written?.errorCode ?? -1
  }

  return {
    producer,
    stored,
    write,
    readAll: () => readAll(client, topic),
    async commit() {
      const partitions = [
        { partitionIndex: 0, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: '' },
      ]
      const answer = await client.send(OffsetCommit, 7, {
        ...{ groupId: 'readers', generationIdOrMemberEpoch: -1, memberId: '' },
        ...{ groupInstanceId: null, topics: [{ name: topic, partitions }] },
      })
      return answer.topics[0]?.partitions[0]?.errorCode ?? -1
    },
    async createTopic(name) {
      const shape = { numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }
      const topics = [{ name, ...shape }]
      const answer = await client.send(CreateTopics, 5, {
        ...{ topics, timeoutMs: 5000, validateOnly: false },
      })
      return answer.topics[0]?.errorCode ?? -1
    },
    async deleteTopic(name) {
      const asked = { topicNames: [name], topics: [], timeoutMs: 5000 }
      const answer = await client.send(DeleteTopics, 5, asked)
      return answer.responses[0]?.errorCode ?? -1
    },
  }
}

async function initialise(client: KafkaClient): Promise<Producer> {
  const { producerId, producerEpoch } = await client.send(InitProducerId, 3, {
    ...{ transactionalId: null, transactionTimeoutMs: 60_000 },
    ...{ producerId: -1, producerEpoch: -1 },
  })
  return { producerId, producerEpoch }
}

async function readAll(client: KafkaClient, topic: string): Promise<readonly number[]> {
  const found: number[] = []
  for (let fetchOffset = 0; ; ) {
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 2 ** 20 }]
    const answer = await client.send(Fetch, 11, {
      ...{ maxWaitMs: 0, minBytes: 1, forgottenTopicsData: [], rackId: '' },
      topics: [{ topic, partitions }],
    })
    const fetched = answer.responses[0]?.partitions[0]
    if (fetched?.errorCode !== 0) throw new Error(`Fetch was answered ${fetched?.errorCode}`)
    const bytes = Buffer.concat(fetched.records ?? [])
    if (bytes.length === 0) return found
    for (const batch of batchesIn(bytes)) {
      for (const { offset, value } of decodePlainRecords(bytes, batch)) {
        found.push(Number.parseInt(`${value?.subarray(0, 10)}`, 10))
        fetchOffset = offset + 1
      }
    }
  }
}
