import { MAINTENANCE_INTERVAL_MS } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import { Rounds } from './rounds.ts'
import type { SharedByLogs } from './shared-by-logs.ts'

/**
 * Retention, on the clock. It goes in small slices, each of which takes its turn in the lane of the
 * group commit, so that an append never waits for more than one of them.
 */
export class LogMaintenance {
  readonly #shared: SharedByLogs
  readonly #logs: ReadonlyMap<number, PartitionLog>
  readonly #rounds: Rounds

  constructor(shared: SharedByLogs, logs: ReadonlyMap<number, PartitionLog>) {
    this.#shared = shared
    this.#logs = logs
    this.#rounds = new Rounds({
      clock: shared.clock,
      intervalMs: MAINTENANCE_INTERVAL_MS,
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

  /** Does now what the clock would have it do; resolves when it is done. */
  run(): Promise<void> {
    return this.#rounds.run()
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
      for (let isMore = true; isMore && !this.#rounds.isStopping; ) {
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
