import type { Timer } from '../clock.ts'
import { MAINTENANCE_INTERVAL_MS } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import type { SharedByLogs } from './shared-by-logs.ts'

/**
 * Retention, on the clock. It goes in small slices, each of which takes its turn in the lane of the
 * group commit, so that an append never waits for more than one of them.
 */
export class LogMaintenance {
  readonly #shared: SharedByLogs
  readonly #logs: ReadonlyMap<number, PartitionLog>
  #timer: Timer | null = null
  #running: Promise<void> | null = null
  #isStopping = false

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
    let visited = 0
    for (const log of [...this.#logs.values()]) {
      await this.#enforce(log)
      // Most logs need no storage to say that nothing is due, so nothing else would let others in.
      if (++visited % LOGS_PER_SLICE === 0) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  async #enforce(log: PartitionLog): Promise<void> {
    try {
      for (let isMore = true; isMore && !this.#isStopping; ) {
        isMore = await log.enforceRetention()
      }
    } catch (error) {
      // The next round tries again.
      this.#shared.reportFailure(error)
    }
  }
}

/** Logs looked at between two turns of the event loop. */
const LOGS_PER_SLICE = 500
