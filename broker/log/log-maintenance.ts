import type { Timer } from '../clock.ts'
import {
  MAINTENANCE_INTERVAL_MS,
  MAINTENANCE_SLICE_CHUNKS,
  VACUUM_STEP_PAGES,
} from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import type { SharedByLogs } from './shared-by-logs.ts'

/**
 * What happens to logs while nobody asks: retention, the sweep of what deleted partitions left
 * behind, and giving freed space back.
 *
 * Everything goes in small slices, each of which takes its turn in the lane of the group commit, so
 * that an append never waits for more than one of them.
 */
export class LogMaintenance {
  readonly #shared: SharedByLogs
  readonly #logs: ReadonlyMap<number, PartitionLog>
  #timer: Timer | null = null
  #running: Promise<void> | null = null
  #isStopping = false
  #isSweepDue = true
  #isSpaceFreed = true
  /** Transactions that had been written at the round before. */
  #writtenBefore = -1

  constructor(shared: SharedByLogs, logs: ReadonlyMap<number, PartitionLog>) {
    this.#shared = shared
    this.#logs = logs
  }

  start(): void {
    this.#tick()
  }

  /** Begins nothing more; resolves when what was begun has ended, so that storage may be closed. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#timer?.cancel()
    await this.#running
  }

  /** A partition was dropped: its chunks are to go at the next round. */
  sweepSoon(): void {
    this.#isSweepDue = true
  }

  /** Chunks were replaced by smaller ones: once it is quiet, their space is to be given back. */
  spaceFreed(): void {
    this.#isSpaceFreed = true
  }

  /** Does now what the clock would have it do; resolves when it is done. */
  run(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  #tick(): void {
    void this.run().then(() => {
      if (!this.#isStopping) {
        this.#timer = this.#shared.clock.after(MAINTENANCE_INTERVAL_MS, () => this.#tick())
      }
    })
  }

  async #round(): Promise<void> {
    try {
      await this.#enforceRetention()
      await this.#sweep()
      await this.#vacuum()
    } catch (error) {
      // The next round tries again.
      this.#shared.reportFailure(error)
    }
  }

  async #enforceRetention(): Promise<void> {
    let visited = 0
    for (const log of [...this.#logs.values()]) {
      while (!this.#isStopping && (await log.enforceRetention())) {
        this.#isSpaceFreed = true
      }
      // Most logs need no storage to say that nothing is due, so nothing else would let others in.
      if (++visited % LOGS_PER_SLICE === 0) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  async #sweep(): Promise<void> {
    if (!this.#isSweepDue) {
      return
    }
    const { commit, storage } = this.#shared
    const sweepSlice = () =>
      commit.exclusively(() => storage.sweep([...this.#logs.keys()], MAINTENANCE_SLICE_CHUNKS))
    this.#isSweepDue = false
    try {
      while (!this.#isStopping && (await sweepSlice()) > 0) {
        this.#isSpaceFreed = true
      }
    } catch (error) {
      this.#isSweepDue = true
      throw error
    }
  }

  /**
   * Freed pages are used again by what is written next, so they are only given back once nothing was
   * written for a whole interval.
   */
  async #vacuum(): Promise<void> {
    const { commit, storage } = this.#shared
    const isQuiet = commit.transactionCount === this.#writtenBefore
    this.#writtenBefore = commit.transactionCount
    let freeBefore = Number.POSITIVE_INFINITY
    while (!this.#isStopping && isQuiet && this.#isSpaceFreed && commit.pendingBytes === 0) {
      const free = await commit.exclusively(() => storage.vacuum(VACUUM_STEP_PAGES))
      this.#isSpaceFreed = free > 0 && free < freeBefore
      freeBefore = free
    }
  }
}

/** Logs looked at between two turns of the event loop. */
const LOGS_PER_SLICE = 500
