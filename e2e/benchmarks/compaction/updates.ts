import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../../broker/protocol/client.ts'
import { InitProducerId } from '../../../broker/protocol/messages/init-producer-id.ts'
import { Produce } from '../../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../../broker/protocol/records.ts'
import { connectLeader, type TopicTarget } from './topic-target.ts'

/**
 * Updates of keys, and which of them stands at which offset: what is needed to say of any record
 * whether it may be missing. Update n is of key n modulo the number of keys; the keys of the first
 * `tombstones` end with a tombstone half-way and are never written again.
 */
export class Updates {
  readonly plan: UpdatePlan
  /** Of each partition, the number of the update at each offset. */
  readonly #numbers: Int32Array[]
  readonly #ends: number[]
  /** Of each key, the offset of its last update. */
  readonly #last: Float64Array

  constructor(plan: UpdatePlan) {
    this.plan = plan
    const room = Math.ceil(plan.count / plan.partitions) * 2 + plan.keys
    this.#numbers = Array.from({ length: plan.partitions }, () => new Int32Array(room))
    this.#ends = Array(plan.partitions).fill(0)
    this.#last = new Float64Array(plan.keys).fill(-1)
  }

  /** Notes an acknowledged batch: its updates follow each other by the number of partitions. */
  note(partition: number, baseOffset: number, numbers: readonly number[]): void {
    for (const [n, number] of numbers.entries()) {
      const offset = baseOffset + n
      const row = this.#numbers[partition]
      if (row !== undefined) row[offset] = number
      const key = this.keyOf(number)
      this.#last[key] = Math.max(this.#last[key] ?? -1, offset)
    }
    const end = baseOffset + numbers.length
    this.#ends[partition] = Math.max(this.#ends[partition] ?? 0, end)
  }

  keyOf(number: number): number {
    return number % this.plan.keys
  }

  isTombstone(number: number): boolean {
    const { count, tombstones } = this.plan
    return this.keyOf(number) < tombstones && number >= count / 2
  }

  /** Keys that end with a tombstone get no update after it. */
  isLeftOut(number: number): boolean {
    return this.isTombstone(number) && this.isTombstone(number - this.plan.keys)
  }

  numberAt(partition: number, offset: number): number | undefined {
    return this.#numbers[partition]?.[offset]
  }

  lastOffsetOf(key: number): number {
    return this.#last[key] ?? -1
  }

  endOf(partition: number): number {
    return this.#ends[partition] ?? 0
  }

  /** Every key of a partition that was ever written. */
  keysOf(partition: number): readonly number[] {
    const { keys, partitions } = this.plan
    return Array.from({ length: keys }, (_, key) => key).filter(
      (key) => key % partitions === partition && this.lastOffsetOf(key) >= 0,
    )
  }
}

export interface UpdatePlan {
  readonly count: number
  /** A multiple of the partitions, so that each key stays in one of them. */
  readonly keys: number
  readonly tombstones: number
  readonly partitions: number
}

export const valueBytes = 1024
const batchRecords = 120
const inFlight = 5

/** Sends the updates `from` to before `to` to their partitions, each by an idempotent producer of its own. */
export async function produceUpdates(target: TopicTarget, updates: Updates, range: UpdateRange) {
  const { partitions } = updates.plan
  await Promise.all(
    Array.from({ length: partitions }, (_, partition) =>
      producePartition(target, updates, { ...range, partition }),
    ),
  )
}

export interface UpdateRange {
  readonly from: number
  readonly to: number
  /** Waits so long between batches; 0 sends as fast as answers come. */
  readonly pauseMs?: number
  readonly signal?: AbortSignal
}

async function producePartition(
  target: TopicTarget,
  updates: Updates,
  range: UpdateRange & { readonly partition: number },
): Promise<void> {
  const { partition, pauseMs = 0, signal } = range
  const client = await connectLeader(target, partition)
  const { producerId, producerEpoch } = await client.send(InitProducerId, 4, {
    transactionalId: null,
    transactionTimeoutMs: 60_000,
  })
  const sending = new Set<Promise<void>>()
  let baseSequence = 0
  for (const numbers of batchesOfNumbers(updates, range)) {
    if (signal?.aborted) break
    const records = numbers.map((number) => recordOf(updates, number))
    const producer = { producerId, producerEpoch, baseSequence }
    const batch = encodeBatch(records, { timestampMs: Date.now(), ...producer })
    baseSequence += numbers.length
    const sent = send(client, target.topic, { partition, batch }).then((baseOffset) =>
      updates.note(partition, baseOffset, numbers),
    )
    sending.add(sent)
    void sent.finally(() => sending.delete(sent)).catch(() => {})
    if (sending.size >= inFlight) await Promise.race(sending)
    if (pauseMs > 0) await delay(pauseMs)
  }
  await Promise.all(sending)
  client.close()
}

function* batchesOfNumbers(
  updates: Updates,
  { from, to, partition }: UpdateRange & { readonly partition: number },
): Generator<readonly number[]> {
  const { partitions } = updates.plan
  let numbers: number[] = []
  for (let number = from; number < to; number++) {
    if (updates.keyOf(number) % partitions !== partition || updates.isLeftOut(number)) continue
    numbers.push(number)
    if (numbers.length === batchRecords) {
      yield numbers
      numbers = []
    }
  }
  if (numbers.length > 0) yield numbers
}

function recordOf(updates: Updates, number: number) {
  const key = Buffer.from(`key-${updates.keyOf(number)}`)
  if (updates.isTombstone(number)) return { key, value: null }
  const value = Buffer.alloc(valueBytes, filler)
  value.write(`${number}|`)
  return { key, value }
}

const filler = 'The quick brown fox jumps over the lazy dog. '

async function send(
  client: KafkaClient,
  name: string,
  { partition, batch }: { readonly partition: number; readonly batch: Uint8Array },
): Promise<number> {
  const answer = await client.send(Produce, 9, {
    acks: -1,
    timeoutMs: 60_000,
    topicData: [{ name, partitionData: [{ index: partition, records: [batch] }] }],
  })
  const [written] = answer.responses[0]?.partitionResponses ?? []
  if (written === undefined || written.errorCode !== 0) {
    throw new Error(`Produce was answered ${written?.errorCode} ${written?.errorMessage ?? ''}`)
  }
  return written.baseOffset
}
