import { Gathering } from './gathering.ts'
import {
  IDLE_BYTES,
  SPACE_INTERVAL_MS,
  SPACE_KEPT_INTERVALS,
  SWEEP_CHUNKS_FIRST,
  SWEEP_CHUNKS_MAX,
  TRANSACTION_BYTES_MAX,
  VACUUM_PAGES_FIRST,
  VACUUM_PAGES_MAX,
} from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import { Rounds } from './rounds.ts'
import type { SharedByLogs } from './shared-by-logs.ts'
import { SliceSize } from './slice-size.ts'

/**
 * Gives space back: sweeps what deleted partitions left behind, gathers small chunks where they waste
 * too much, and makes the files shorter by what is free.
 *
 * Invariants
 * - Everything goes in slices of a few milliseconds, each of which takes its turn in the lane of the
 *   group commit, so that an append never waits for more than one of them.
 * - Freed pages are used again by what is written next: as many are kept as the next minute needs at
 *   the rate of the last interval. So a broker that is written to a little gives back nearly all of
 *   them, and one whose retention deletes what producers write gives back nothing.
 */
export class LogSpace {
  readonly #shared: SharedByLogs
  readonly #logs: ReadonlyMap<number, PartitionLog>
  readonly #gathering: Gathering
  readonly #sweepSize = new SliceSize({ first: SWEEP_CHUNKS_FIRST, max: SWEEP_CHUNKS_MAX })
  readonly #vacuumSize = new SliceSize({ first: VACUUM_PAGES_FIRST, max: VACUUM_PAGES_MAX })
  readonly #rounds: Rounds
  #isSweepDue = true
  /** What had been stored at the round before; null before the first. */
  #storedBefore: number | null = null

  constructor(shared: SharedByLogs, logs: ReadonlyMap<number, PartitionLog>) {
    this.#shared = shared
    this.#logs = logs
    this.#gathering = new Gathering(shared, logs)
    this.#rounds = new Rounds({
      clock: shared.clock,
      intervalMs: SPACE_INTERVAL_MS,
      round: () => this.#round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** See `Rounds.stop`. */
  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** A partition was dropped: its chunks are to go at the next round. */
  sweepSoon(): void {
    this.#isSweepDue = true
  }

  /** Does now what the clock would have it do; resolves when it is done. */
  run(): Promise<void> {
    return this.#rounds.run()
  }

  async #round(): Promise<void> {
    const writtenBytes = this.#writtenBytes()
    try {
      await this.#sweep()
      if (writtenBytes === null) {
        return
      }
      if (writtenBytes <= IDLE_BYTES) {
        await this.#gathering.run(() => this.#rounds.isStopping || this.#isBusy())
      }
      const hasGivenBack = await this.#vacuum(writtenBytes * SPACE_KEPT_INTERVALS)
      // The file gets shorter only now, and the journal is as long as what was moved.
      if ((hasGivenBack || writtenBytes === 0) && !this.#rounds.isStopping) {
        await this.#shared.commit.exclusively(() => this.#shared.storage.checkpoint())
      }
    } catch (error) {
      // The next round tries again.
      this.#shared.reportFailure(error)
    }
  }

  /** Since the round before; null in the first, when nothing is known yet. */
  #writtenBytes(): number | null {
    const { storedBytes } = this.#shared.commit
    const before = this.#storedBefore
    this.#storedBefore = storedBytes
    return before === null ? null : storedBytes - before
  }

  /** Whether more waits than the next transaction takes. */
  #isBusy(): boolean {
    return this.#shared.commit.pendingBytes > TRANSACTION_BYTES_MAX
  }

  async #sweep(): Promise<void> {
    if (!this.#isSweepDue) {
      return
    }
    const { storage } = this.#shared
    this.#isSweepDue = false
    try {
      for (let deleted = 1; deleted > 0 && !this.#rounds.isStopping; ) {
        deleted = await this.#timed(this.#sweepSize, (chunks) =>
          storage.sweep([...this.#logs.keys()], chunks),
        )
      }
    } catch (error) {
      this.#isSweepDue = true
      throw error
    }
  }

  /** Resolves with whether anything was given back. */
  async #vacuum(keptBytes: number): Promise<boolean> {
    const { storage } = this.#shared
    const { freeBytes, pageBytes } = await storage.space()
    const kept = Math.ceil(keptBytes / pageBytes)
    const freeBefore = freeBytes / pageBytes
    let free = freeBefore
    while (free > kept && !this.#rounds.isStopping && !this.#isBusy()) {
      const spare = free - kept
      const left = await this.#timed(this.#vacuumSize, (pages) =>
        storage.vacuum(Math.min(pages, spare)),
      )
      if (left >= free) {
        break
      }
      free = left
    }
    return free < freeBefore
  }

  /** Runs a slice in its turn of the lane, and lets the next one be as large as that allows. */
  #timed<T>(slice: SliceSize, run: (size: number) => Promise<T>): Promise<T> {
    const { clock, commit } = this.#shared
    return commit.exclusively(async () => {
      const beganMs = clock.nowMs()
      const result = await run(slice.size)
      slice.took(clock.nowMs() - beganMs)
      return result
    })
  }
}
