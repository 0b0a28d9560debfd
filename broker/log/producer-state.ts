import { type Refusal, refuse } from '../errors.ts'
import { brokerLimit } from '../rules/limits.ts'
import { OWN_PRODUCERS_REMEMBERED, PRODUCER_EXPIRY_MS, PRODUCERS_REMEMBERED } from './log-limits.ts'
import { decodeSequences, encodeSequences, type Sequenced } from './producer-encoding.ts'

/**
 * What one partition remembers of its idempotent producers (KIP-98): the epoch of each and its last
 * five batches, so that a batch sent again is answered with its original offset instead of written twice.
 *
 * Invariants
 * - A state is immutable. `stored` holds what storage holds; `ahead` holds the states that batches
 *   still being written will lead to, so that rolling back is forgetting `ahead`.
 * - A snapshot shows `stored` only, so it is always true as of the high watermark.
 * - `stored` is in the order of last writes and bounded, for each partition and for all together: whoever
 *   wrote longest ago is forgotten first.
 *
 * Differs from Kafka: that bound. A client may write under any producer id it makes up.
 */
export class ProducerStates {
  readonly #stored = new Map<number, ProducerState>()
  readonly #ahead = new Map<number, ProducerState>()
  readonly #rolledBack = new Map<number, SequencedBatch & { readonly epoch: number }>()
  readonly #all: ProducerCount
  #isClosed = false

  /** `all` counts those of all partitions. */
  constructor(all: ProducerCount = { count: 0 }) {
    this.#all = all
  }

  /**
   * Takes up a snapshot and the producer columns of the chunks after it, oldest first. Returns how many
   * of them are damaged: they are passed over, since a producer that is unknown may go on (KIP-360).
   */
  restore(snapshot: Uint8Array | null, columns: readonly Uint8Array[]): number {
    let damaged = 0
    for (const column of snapshot === null ? columns : [snapshot, ...columns]) {
      const sequences = decodeSequences(column)
      damaged += sequences === null ? 1 : 0
      for (const { producerId, epoch, ...batch } of sequences ?? []) {
        const known = this.#stored.get(producerId)
        this.#remember(followedBy(known, producerId, epoch, batch))
      }
    }
    return damaged
  }

  /**
   * Judges a batch: the earlier batch that it repeats, why it cannot be taken, or null where it is
   * the next one.
   */
  check(batch: ProducerBatch, nowMs: number): SequencedBatch | Refusal | null {
    const known = this.#get(batch.producerId, nowMs)
    if (known === undefined) {
      return this.#checkUnknown(batch)
    }
    if (batch.producerEpoch < known.epoch) {
      return refuse('INVALID_PRODUCER_EPOCH')
    }
    if (batch.producerEpoch > known.epoch) {
      // A new epoch starts its sequences again (KIP-360).
      return batch.baseSequence === 0 ? null : outOfOrder(batch, 0)
    }
    const lastSequence = sequenceAfter(batch.baseSequence, batch.recordCount - 1)
    const original = known.batches.find(
      (earlier) =>
        earlier.firstSequence === batch.baseSequence && earlier.lastSequence === lastSequence,
    )
    if (original !== undefined) {
      return original
    }
    const latest = known.batches.at(-1)
    const expected =
      latest === undefined ? batch.baseSequence : sequenceAfter(latest.lastSequence, 1)
    return batch.baseSequence === expected ? null : outOfOrder(batch, expected)
  }

  /** Counts a batch that `check` let pass, before it is stored. The state goes to `stored` later. */
  accept(batch: ProducerBatch, baseOffset: number, nowMs: number): ProducerState {
    const state = followedBy(
      this.#get(batch.producerId, nowMs),
      batch.producerId,
      batch.producerEpoch,
      {
        firstSequence: batch.baseSequence,
        lastSequence: sequenceAfter(batch.baseSequence, batch.recordCount - 1),
        baseOffset,
        appendedMs: nowMs,
      },
    )
    this.#ahead.set(batch.producerId, state)
    return state
  }

  /** The batch that led to `state` is stored. */
  stored(state: ProducerState): void {
    this.#remember(state)
    this.#rolledBack.delete(state.producerId)
    if (this.#ahead.get(state.producerId) === state) {
      this.#ahead.delete(state.producerId)
    }
  }

  /** No batch after the high watermark was stored; `lost` are the states they led to, in order. */
  rollBack(lost: readonly ProducerState[]): void {
    for (const { producerId, epoch, batches } of lost) {
      const first = batches.at(-1)
      if (
        first !== undefined &&
        !this.#stored.has(producerId) &&
        !this.#rolledBack.has(producerId)
      ) {
        this.#rolledBack.set(producerId, { ...first, epoch })
        if (this.#rolledBack.size > PRODUCERS_REMEMBERED) deleteFirst(this.#rolledBack)
      }
    }
    this.#ahead.clear()
  }

  /** Forgets producers that wrote nothing for a day (`producer.id.expiration.ms`). */
  expire(nowMs: number): void {
    for (const [producerId, state] of this.#stored) {
      if (isExpired(state.batches.at(-1), nowMs)) {
        this.#forget(producerId)
      }
    }
    for (const [producerId, batch] of this.#rolledBack) {
      if (isExpired(batch, nowMs)) {
        this.#rolledBack.delete(producerId)
      }
    }
  }

  /** Forgets all of them: the partition is gone. */
  close(): void {
    this.#isClosed = true
    for (const producerId of [...this.#stored.keys()]) this.#forget(producerId)
  }

  /** Those with stored batches that are not too old to be asked for again; last writer last. */
  active(nowMs: number): readonly ProducerState[] {
    return [...this.#stored.values()].filter(({ batches }) => !isExpired(batches.at(-1), nowMs))
  }

  /** Everything stored, for a snapshot as of the high watermark. */
  snapshot(): Uint8Array {
    return encodeSequences([...this.#stored.values()].flatMap(sequencesOf))
  }

  /** How many producers are known, stored or about to be. */
  get size(): number {
    let onlyAhead = 0
    for (const producerId of this.#ahead.keys()) {
      onlyAhead += this.#stored.has(producerId) ? 0 : 1
    }
    return this.#stored.size + onlyAhead
  }

  #remember(state: ProducerState): void {
    this.#forget(state.producerId)
    if (this.#isClosed) return
    this.#stored.set(state.producerId, state)
    this.#all.count += 1
    const [oldest] = this.#hasTooMany() ? this.#stored.keys() : []
    if (oldest !== undefined) this.#forget(oldest)
  }

  #hasTooMany(): boolean {
    const { size } = this.#stored
    return (
      size > PRODUCERS_REMEMBERED ||
      (size > OWN_PRODUCERS_REMEMBERED && this.#all.count > brokerLimit('rememberedProducers'))
    )
  }

  #forget(producerId: number): void {
    if (this.#stored.delete(producerId)) this.#all.count -= 1
  }

  #get(producerId: number, nowMs: number): ProducerState | undefined {
    const state = this.#ahead.get(producerId) ?? this.#stored.get(producerId)
    return state !== undefined && isExpired(state.batches.at(-1), nowMs) ? undefined : state
  }

  /**
   * A producer that this partition does not know may start with any sequence: its earlier batches
   * can have gone with retention (KIP-360). But where its first batch was just lost to a failed
   * write, a later one that was already under way must not overtake the retry of that first one.
   */
  #checkUnknown(batch: ProducerBatch): Refusal | null {
    const lost = this.#rolledBack.get(batch.producerId)
    if (lost === undefined) {
      return null
    }
    if (batch.producerEpoch < lost.epoch) {
      return refuse('INVALID_PRODUCER_EPOCH')
    }
    const expected = batch.producerEpoch > lost.epoch ? 0 : lost.firstSequence
    return batch.baseSequence === expected ? null : outOfOrder(batch, expected)
  }
}

/** How many producers all partitions remember together. */
export interface ProducerCount {
  count: number
}

/** What a record batch's header says of its producer. */
export interface ProducerBatch {
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly recordCount: number
}

export interface SequencedBatch {
  readonly firstSequence: number
  readonly lastSequence: number
  readonly baseOffset: number
  /** Wall clock when it was appended. */
  readonly appendedMs: number
}

export interface ProducerState {
  readonly producerId: number
  readonly epoch: number
  /** The last batches of this epoch, oldest first: never none, at most five. */
  readonly batches: readonly SequencedBatch[]
}

/**
 * The producer column of a chunk: of each producer, the batches from `baseOffset` on that its last
 * state in the chunk remembers (an earlier batch could not be asked for again anyway).
 */
export function encodeProducerColumn(
  states: readonly ProducerState[],
  baseOffset: number,
): Uint8Array {
  if (states.length === 0) {
    return NO_PRODUCERS
  }
  const last = new Map(states.map((state) => [state.producerId, state]))
  const sequences = [...last.values()].flatMap(sequencesOf)
  return encodeSequences(sequences.filter((sequence) => sequence.baseOffset >= baseOffset))
}

/** The sequence `count` after the given one; it wraps from 2^31-1 to 0 (KIP-98). */
export function sequenceAfter(sequence: number, count: number): number {
  return (sequence + count) % SEQUENCES
}

/** Kafka's `ProducerStateEntry.NUM_BATCHES_TO_RETAIN`: clients keep at most five requests in flight. */
const BATCHES_REMEMBERED = 5
const SEQUENCES = 2 ** 31
const NO_PRODUCERS = new Uint8Array(0)

function followedBy(
  known: ProducerState | undefined,
  producerId: number,
  epoch: number,
  batch: SequencedBatch,
): ProducerState {
  if (known === undefined || known.epoch !== epoch) {
    return { producerId, epoch, batches: [batch] }
  }
  const kept =
    known.batches.length < BATCHES_REMEMBERED
      ? known.batches
      : known.batches.slice(known.batches.length - BATCHES_REMEMBERED + 1)
  return { producerId, epoch, batches: [...kept, batch] }
}

function sequencesOf({ producerId, epoch, batches }: ProducerState): Sequenced[] {
  return batches.map((batch) => ({ producerId, epoch, ...batch }))
}

function deleteFirst(map: Map<number, unknown>): void {
  const [first] = map.keys()
  if (first !== undefined) map.delete(first)
}

function isExpired(latest: SequencedBatch | undefined, nowMs: number): boolean {
  return latest !== undefined && latest.appendedMs + PRODUCER_EXPIRY_MS <= nowMs
}

function outOfOrder(batch: ProducerBatch, expected: number): Refusal {
  return refuse(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `The sequence ${batch.baseSequence} of producer ${batch.producerId} came where ${expected} was due.`,
  )
}
