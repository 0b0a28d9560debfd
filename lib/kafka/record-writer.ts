// Writes records so that each is stored exactly once however often it is sent, and by whomever.
//
// An idempotent producer (KIP-98) whose batches are made before they are sent: whoever keeps the
// bytes can send them again, even after the process that made them was killed, and the broker knows
// those that it has. Invariant: a batch is sent until it is stored, or the broker has lost its producer.

import { randomInt } from 'node:crypto'
import { kafkaErrors } from '../../broker/errors.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { readBatchHeader } from '../../broker/protocol/record-batch.ts'
import {
  decodePlainRecords,
  encodeBatch,
  type RecordHeader,
} from '../../broker/protocol/records.ts'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import type { ClusterAddress } from './cluster-address.ts'
import type { ProducedAt } from './cluster-client.ts'
import { failureOfCode, type KafkaFailure } from './failure.ts'
import { createNodes, type Leader } from './nodes.ts'
import { type PreparedBatch, sendBatches } from './send-batches.ts'

export interface RecordWriter {
  /** Signs in and finds the topic. Rejects with a `KafkaFailure`; may be called again then. */
  open(): Promise<void>
  /** Puts records into batches, one for each partition. Rejects with a `KafkaFailure`. */
  prepare(records: readonly WriterRecord[]): Promise<readonly PreparedBatch[]>
  /**
   * Resolves when all of them are stored. Rejects with a `KafkaFailure`; called again with the same
   * array it sends what is left. They may have been prepared by another writer, for the same topic
   * or another one.
   */
  send(batches: readonly PreparedBatch[]): Promise<Written>
  /** What is under way then fails. */
  close(): void
}

export interface WriterRecord {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
  readonly timestampMs: number
}

export interface Written {
  readonly records: number
  /** Of their batches, as stored. */
  readonly sizeBytes: number
  /** Where the last of them is. */
  readonly last: ProducedAt
}

/** As Java's `metadata.max.age.ms`: a topic may have got more partitions. */
const leadersAgeMsMax = 300_000

export function createRecordWriter(cluster: ClusterAddress, topic: string): RecordWriter {
  const nodes = createNodes(cluster)
  const closing = new AbortController()
  let leaders: Leaders | null = null
  let producer: Producer | null = null
  let sending: Sending | null = null

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

  async function prepare(records: readonly WriterRecord[]): Promise<readonly PreparedBatch[]> {
    const owner = await producerNow()
    const count = 1 + Math.max(...(await leadersNow()).keys())
    return [...byPartition(records, count)].map(([partition, own]) => ({
      partition,
      bytes: sequenced(owner, partition, own),
    }))
  }

  /** Makes what is left anew, for a broker that no longer knows its producer or its partitions. */
  async function prepareAgain(left: readonly PreparedBatch[]): Promise<readonly PreparedBatch[]> {
    return prepare(left.flatMap(({ bytes }) => recordsOf(bytes)))
  }

  async function sendOnce(current: Sending): Promise<void> {
    const known = await leadersNow()
    const count = 1 + Math.max(...known.keys())
    if (current.left.some(({ partition }) => partition >= count)) {
      current.left = await prepareAgain(current.left)
    }
    const target = { topic, nodes, leaders: known, signal: closing.signal }
    const { stored, failure } = await sendBatches(current.left, target)
    const done = new Set(stored.map(({ batch }) => batch))
    current.left = current.left.filter((batch) => !done.has(batch))
    for (const { batch, at } of stored) {
      current.records += recordCountOf(batch.bytes)
      current.sizeBytes += batch.bytes.length
      current.last = at
    }
    if (failure !== null) throw failure
  }

  /** Forgets what the failure says is out of date, and whether it did: another try asks anew. */
  async function forgetAfter(failure: unknown, current: Sending): Promise<boolean> {
    const code = codeOf(failure)
    if (staleLeaders.has(code)) leaders = null
    else if (lostProducer.has(code)) {
      producer = null
      current.left = await prepareAgain(current.left)
    } else return false
    return true
  }

  return {
    async open() {
      leaders = null
      await leadersNow()
    },
    prepare,
    async send(batches) {
      const begun = sending?.batches === batches ? sending : null
      const current: Sending = begun ?? { batches, left: batches, ...nothingYet }
      sending = current
      for (let tries = 1; ; tries++) {
        try {
          await sendOnce(current)
          sending = null
          return { records: current.records, sizeBytes: current.sizeBytes, last: current.last }
        } catch (failure) {
          // The second answer rests on what was asked just now.
          if (tries > 1 || !(await forgetAfter(failure, current))) throw failure
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

interface Sending {
  /** What was asked for; the same array asks for the rest. */
  readonly batches: readonly PreparedBatch[]
  left: readonly PreparedBatch[]
  records: number
  sizeBytes: number
  last: ProducedAt
}

const nothingYet = { records: 0, sizeBytes: 0, last: { partition: 0, offset: -1 } }

/** A batch of one partition; its sequences are given out with it. */
function sequenced(
  { producerId, producerEpoch, nextSequence }: Producer,
  partition: number,
  records: readonly WriterRecord[],
): Buffer {
  const baseSequence = nextSequence.get(partition) ?? 0
  // Sequences go round after the largest int32.
  nextSequence.set(partition, (baseSequence + records.length) % 2 ** 31)
  const timestampMs = records[0]?.timestampMs ?? 0
  return encodeBatch(records, { timestampMs, producerId, producerEpoch, baseSequence })
}

/** Where Java's default partitioner puts them; records without a key go anywhere. */
function byPartition(
  records: readonly WriterRecord[],
  count: number,
): ReadonlyMap<number, readonly WriterRecord[]> {
  const found = new Map<number, WriterRecord[]>()
  for (const record of records) {
    const { key } = record
    const partition = key === null ? randomInt(count) : murmur2Partition(key, count)
    const own = found.get(partition)
    if (own === undefined) found.set(partition, [record])
    else own.push(record)
  }
  return found
}

function recordsOf(bytes: Uint8Array): readonly WriterRecord[] {
  return decodePlainRecords(bytes, headerOf(bytes))
}

export function recordCountOf(bytes: Uint8Array): number {
  return headerOf(bytes).recordCount
}

function headerOf(bytes: Uint8Array) {
  const header = readBatchHeader(bytes)
  if ('error' in header) throw new Error(`A prepared batch is damaged: ${header.error}`)
  return header
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
