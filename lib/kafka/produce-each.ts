import { randomInt } from 'node:crypto'
import { encodeBatch, type RecordHeader } from '../../broker/protocol/records.ts'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import { asKafkaFailure, failureOfCode, type KafkaFailure, unreachable } from './failure.ts'
import type { Leader, Nodes } from './nodes.ts'
import { isPassing } from './record-writer.ts'
import { type PreparedBatch, type SentBatch, sendEach } from './send-batches.ts'

/** A record of which it is told by itself what became of it. */
export interface RecordToSend {
  /** Null: chosen from the key as Java's default partitioner does. */
  readonly partition: number | null
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
  readonly timestampMs: number
}

export interface StoredRecord {
  readonly partition: number
  readonly offset: number
  /** The broker's, where it stamps the topic's records. */
  readonly timestampMs: number
}

export type RecordOutcome = StoredRecord | { readonly failure: KafkaFailure }

export interface EachProducer {
  /** Finds the topic; rejects with a `KafkaFailure` where there is none. */
  open(): Promise<void>
  /**
   * Writes records with acks=all, those of a partition in one batch, and resolves with one outcome
   * for each in the same order. Rejects with a `KafkaFailure` where there is no such topic.
   */
  send(records: readonly RecordToSend[]): Promise<readonly RecordOutcome[]>
}

/** As Java's `metadata.max.age.ms`: a topic may have got more partitions. */
const leadersAgeMsMax = 300_000

/**
 * Writes records of others, one topic's. What was refused together is tried one by one, so that a
 * record that is too large or too old does not take its neighbours along. Nothing is sent twice where
 * an answer was lost: whoever sent it is told, and knows better whether twice is worse than never.
 */
export function createEachProducer(nodes: Nodes, topic: string): EachProducer {
  let known: { leaders: ReadonlyMap<number, Leader>; readMs: number } | null = null

  async function leadersNow(): Promise<ReadonlyMap<number, Leader>> {
    if (known === null || performance.now() - known.readMs > leadersAgeMsMax) {
      known = { leaders: await nodes.findLeaders(topic), readMs: performance.now() }
    }
    return known.leaders
  }

  /** One batch for each partition; what became of each record. */
  async function sendTogether(
    records: readonly RecordToSend[],
    outcomes: Map<RecordToSend, RecordOutcome>,
  ): Promise<void> {
    const leaders = await leadersNow()
    const batches = new Map<PreparedBatch, readonly RecordToSend[]>()
    for (const [partition, own] of byPartition(records, 1 + Math.max(...leaders.keys()))) {
      if (leaders.has(partition)) batches.set(batchOf(partition, own), own)
      else for (const record of own) outcomes.set(record, { failure: failureOfCode(3) })
    }
    const target = { topic, nodes: sendingOnce(nodes), leaders, signal: never }
    for (const sent of await sendEach([...batches.keys()], target)) {
      const own = batches.get(sent.batch) ?? []
      for (const [i, record] of own.entries()) outcomes.set(record, outcomeOf(sent, record, i))
    }
  }

  return {
    async open() {
      await leadersNow()
    },
    async send(records) {
      const outcomes = new Map<RecordToSend, RecordOutcome>()
      await sendTogether(records, outcomes)
      const stale = records.filter((record) => isStale(outcomes.get(record)))
      if (stale.length > 0) {
        known = null
        await sendTogether(stale, outcomes)
      }
      const refused = records.filter((record) => isRefused(outcomes.get(record)))
      if (refused.length > 1) for (const record of refused) await sendTogether([record], outcomes)
      return records.map((record) => outcomes.get(record) ?? { failure: failureOfCode(-1) })
    },
  }
}

/** Whoever asked is told of every record, so nothing is given up. */
const never = new AbortController().signal

/** A node that a kept connection no longer reaches may have stored what was sent all the same. */
function sendingOnce(nodes: Nodes): Nodes {
  return {
    ...nodes,
    withConnection(node, use, signal) {
      let isSent = false
      return nodes.withConnection(
        node,
        (connection) => {
          if (isSent) throw unreachable()
          isSent = true
          return use(connection)
        },
        signal,
      )
    },
  }
}

/** Records without a key go to one partition together, as Java's sticky partitioner sends them. */
function byPartition(records: readonly RecordToSend[], count: number) {
  const sticky = randomInt(count)
  const found = new Map<number, RecordToSend[]>()
  for (const record of records) {
    const { key } = record
    const chosen = key === null ? sticky : murmur2Partition(key, count)
    const partition = record.partition ?? chosen
    const own = found.get(partition)
    if (own === undefined) found.set(partition, [record])
    else own.push(record)
  }
  return found
}

function batchOf(partition: number, records: readonly RecordToSend[]): PreparedBatch {
  const timestampMs = records[0]?.timestampMs ?? 0
  return { partition, bytes: encodeBatch(records, { timestampMs }) }
}

function outcomeOf(sent: SentBatch, { timestampMs }: RecordToSend, i: number): RecordOutcome {
  if ('failure' in sent) {
    const failure = asKafkaFailure(sent.failure)
    if (failure === null) throw sent.failure
    return { failure }
  }
  const { at, appendedMs } = sent
  return { ...at, offset: at.offset + i, timestampMs: appendedMs ?? timestampMs }
}

const staleLeaders: ReadonlySet<string> = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
])

/** Refused for what was known of the topic, not for what was sent: it is stored nowhere. */
function isStale(outcome: RecordOutcome | undefined): boolean {
  return outcome !== undefined && 'failure' in outcome && staleLeaders.has(outcome.failure.code)
}

/** Refused for what was sent. */
function isRefused(outcome: RecordOutcome | undefined): boolean {
  return (
    outcome !== undefined &&
    'failure' in outcome &&
    !isPassing(outcome.failure) &&
    !isStale(outcome)
  )
}
