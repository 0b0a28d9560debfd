// Writes records one at a time, so that each is stored exactly once however often it is sent.
//
// An idempotent producer (KIP-98): the batch of a record that was not acknowledged is kept, and
// sent again with the sequence it had. Invariant: at most one record is unacknowledged.

import { randomInt } from 'node:crypto'
import { kafkaErrors } from '../../broker/errors.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch, type RecordHeader } from '../../broker/protocol/records.ts'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import type { ClusterAddress } from './cluster-address.ts'
import type { ProducedAt } from './cluster-client.ts'
import { failureOfCode, type KafkaFailure } from './failure.ts'
import { createNodes, type Leader } from './nodes.ts'

export interface RecordWriter {
  /** Signs in and finds the topic. Rejects with a `KafkaFailure`; may be called again then. */
  open(): Promise<void>
  /**
   * Resolves when the record is stored. Rejects with a `KafkaFailure`; called again with the same
   * record it sends the same batch.
   */
  write(record: WriterRecord): Promise<Written>
  /** What is under way then fails. */
  close(): void
}

export interface WriterRecord {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
  readonly timestampMs: number
}

export interface Written extends ProducedAt {
  /** Of the record's batch, as stored. */
  readonly sizeBytes: number
}

/** As Java's `metadata.max.age.ms`: a topic may have got more partitions. */
const leadersAgeMsMax = 300_000

/** Newer versions name topics by id. */
const produceVersionMax = 12

export function createRecordWriter(cluster: ClusterAddress, topic: string): RecordWriter {
  const nodes = createNodes(cluster)
  const closing = new AbortController()
  let leaders: Leaders | null = null
  let producer: Producer | null = null
  let unacknowledged: Unacknowledged | null = null

  async function leadersNow(): Promise<ReadonlyMap<number, Leader>> {
    if (leaders === null || performance.now() - leaders.readMs > leadersAgeMsMax) {
      leaders = { byPartition: await nodes.findLeaders(topic), readMs: performance.now() }
    }
    return leaders.byPartition
  }

  async function producerNow(): Promise<Producer> {
    if (producer !== null) return producer
    const answer = await nodes.ask((connection) =>
      connection.call(InitProducerId, { transactionalId: null, transactionTimeoutMs: 60_000 }),
    )
    if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode)
    const { producerId, producerEpoch } = answer
    producer = { producerId, producerEpoch, nextSequence: new Map() }
    return producer
  }

  async function prepare(record: WriterRecord): Promise<Unacknowledged> {
    const { producerId, producerEpoch, nextSequence } = await producerNow()
    const count = 1 + Math.max(...(await leadersNow()).keys())
    const partition = partitionOf(record.key, count)
    const baseSequence = nextSequence.get(partition) ?? 0
    const batch = encodeBatch([record], {
      timestampMs: record.timestampMs,
      producerId,
      producerEpoch,
      baseSequence,
    })
    return { record, partition, batch }
  }

  async function send({ partition, batch }: Unacknowledged): Promise<number> {
    const leader = (await leadersNow()).get(partition)
    if (leader === undefined) throw failureOfCode(kafkaErrors.LEADER_NOT_AVAILABLE.code)
    const request = {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: topic, partitionData: [{ index: partition, records: [batch] }] }],
    }
    const answer = await nodes.withConnection(
      leader.node,
      (connection) => connection.call(Produce, request, { versionMax: produceVersionMax }),
      closing.signal,
    )
    const result = answer.responses[0]?.partitionResponses[0]
    if (result === undefined) throw failureOfCode(kafkaErrors.UNKNOWN_SERVER_ERROR.code)
    // Stored by an earlier try whose answer was lost; at which offset is no longer known.
    if (result.errorCode === kafkaErrors.DUPLICATE_SEQUENCE_NUMBER.code) return result.baseOffset
    if (result.errorCode !== 0) throw failureOfCode(result.errorCode, result.errorMessage)
    return result.baseOffset
  }

  /** Forgets what the failure says is out of date, and whether it did: another try asks anew. */
  function forgetAfter(failure: unknown): boolean {
    const code = codeOf(failure)
    if (staleLeaders.has(code)) leaders = null
    else if (lostProducer.has(code)) {
      producer = null
      unacknowledged = null
    } else return false
    return true
  }

  return {
    async open() {
      leaders = null
      await leadersNow()
      await producerNow()
    },
    async write(record) {
      for (let tries = 1; ; tries++) {
        try {
          if (unacknowledged?.record !== record) unacknowledged = await prepare(record)
          const { partition, batch } = unacknowledged
          const offset = await send(unacknowledged)
          unacknowledged = null
          const sequence = producer?.nextSequence.get(partition) ?? 0
          // Sequences go round after the largest int32.
          producer?.nextSequence.set(partition, sequence === 2 ** 31 - 1 ? 0 : sequence + 1)
          return { partition, offset, sizeBytes: batch.length }
        } catch (failure) {
          // The second answer rests on what was asked just now.
          if (!forgetAfter(failure) || tries > 1) throw failure
        }
      }
    },
    close() {
      closing.abort()
      nodes.close()
    },
  }
}

interface Leaders {
  readonly byPartition: ReadonlyMap<number, Leader>
  readonly readMs: number
}

interface Producer {
  readonly producerId: number
  readonly producerEpoch: number
  readonly nextSequence: Map<number, number>
}

interface Unacknowledged {
  readonly record: WriterRecord
  readonly partition: number
  readonly batch: Buffer
}

const staleLeaders: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
])

/** The partition no longer knows the producer, as after the topic was deleted and made again. */
const lostProducer: ReadonlySet<string> = new Set([
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
])

/** Whether a failure passes by itself, so that trying again is right. */
export function isPassing({ code }: KafkaFailure): boolean {
  if (code === 'BROKER_UNREACHABLE') return true
  // A topic that fresh metadata does not know is gone, whatever Kafka's table says of that code.
  if (code === 'UNKNOWN_TOPIC_OR_PARTITION') return false
  // Only names of that table are looked up in it.
  return Object.hasOwn(kafkaErrors, code) && kafkaErrors[code as keyof typeof kafkaErrors].retriable
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : ''
}

/** Where Java's default partitioner puts it; records without a key go anywhere. */
function partitionOf(key: Uint8Array | null, count: number): number {
  return key === null ? randomInt(count) : murmur2Partition(key, count)
}
