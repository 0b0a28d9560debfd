import type { Clock } from '../clock.ts'

/**
 * Parked fetches: each waits on one or more partitions until enough bytes were stored there, until
 * its time is up, or until its connection closes.
 *
 * Invariants
 * - Waiters of a partition are woken in the order in which they parked.
 * - A waiter that has ended is in no partition's set, holds no timer and listens to no signal.
 */
export function park(options: ParkOptions): Promise<WakeReason> {
  if (options.closed.aborted) {
    return Promise.resolve('closed')
  }
  return new Promise((resolve) => {
    const waiter: Waiter = { bytesWanted: options.bytesWanted, rooms: new Map(), end }
    const timer = options.clock.after(options.maxWaitMs, () => end('timeout'))
    const onClosed = () => end('closed')

    function end(reason: WakeReason) {
      timer.cancel()
      options.closed.removeEventListener('abort', onClosed)
      for (const set of waiter.rooms.keys()) {
        set.remove(waiter)
      }
      resolve(reason)
    }

    options.closed.addEventListener('abort', onClosed)
    for (const { waiters, bytesMax } of options.partitions) {
      waiters.add(waiter, bytesMax)
    }
  })
}

export interface ParkOptions {
  readonly partitions: readonly ParkedPartition[]
  /** How many more bytes make the answer worth sending; a positive number. */
  readonly bytesWanted: number
  readonly maxWaitMs: number
  readonly clock: Clock
  /** Aborted when the connection closes. */
  readonly closed: AbortSignal
}

export interface ParkedPartition {
  readonly waiters: WaiterSet
  /** What this partition can still add to the answer at most. */
  readonly bytesMax: number
}

/** What ended a wait; `changed` means that a partition has an error or a new log start to report. */
export type WakeReason = 'appended' | 'changed' | 'timeout' | 'closed'

/** The fetches parked on one partition. */
export class WaiterSet {
  readonly #waiters = new Set<Waiter>()

  get size(): number {
    return this.#waiters.size
  }

  add(waiter: Waiter, bytesMax: number): void {
    this.#waiters.add(waiter)
    waiter.rooms.set(this, bytesMax)
  }

  remove(waiter: Waiter): void {
    this.#waiters.delete(waiter)
  }

  /** Bytes were stored: fetches that have enough now end. */
  appended(sizeBytes: number): void {
    // A copy, because ending a waiter removes it from the set.
    for (const waiter of [...this.#waiters]) {
      const room = waiter.rooms.get(this) ?? 0
      waiter.rooms.set(this, Math.max(0, room - sizeBytes))
      waiter.bytesWanted -= Math.min(room, sizeBytes)
      if (waiter.bytesWanted <= 0) {
        waiter.end('appended')
      }
    }
  }

  /** Something that every fetch must report: the log moved its start, or is gone. */
  changed(): void {
    for (const waiter of [...this.#waiters]) {
      waiter.end('changed')
    }
  }
}

export interface Waiter {
  bytesWanted: number
  /** What each partition can still add to the answer. */
  readonly rooms: Map<WaiterSet, number>
  end(reason: WakeReason): void
}
