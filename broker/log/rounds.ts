import type { Clock, Timer } from '../clock.ts'

/**
 * Work that comes again and again: one round at a time, the next an interval after the last has ended.
 * A round asks `isStopping` between two steps.
 */
export class Rounds {
  readonly #options: RoundsOptions
  #timer: Timer | null = null
  #running: Promise<void> | null = null
  #isStopping = false

  constructor(options: RoundsOptions) {
    this.#options = options
  }

  /** Whether nothing more is to be begun. */
  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Begins the first round now. */
  start(): void {
    void this.run().then(() => {
      if (!this.#isStopping) this.startLater()
    })
  }

  /** Begins the first round after an interval. */
  startLater(): void {
    const { clock, intervalMs } = this.#options
    this.#timer = clock.after(intervalMs, () => this.start())
  }

  /** Begins nothing more; resolves when what was begun has ended, so that storage may be closed. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#timer?.cancel()
    await this.#running
  }

  /** Does now what the clock would have it do; resolves when it is done. */
  run(): Promise<void> {
    this.#running ??= this.#options.round().finally(() => {
      this.#running = null
    })
    return this.#running
  }
}

export interface RoundsOptions {
  readonly clock: Clock
  readonly intervalMs: number
  /** Never rejects. */
  readonly round: () => Promise<void>
}
