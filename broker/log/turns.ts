/**
 * Keeps the order of what has to wait. A step runs at once where nothing before it waits, and
 * after all of it otherwise.
 */
export class Turns {
  #last: Promise<unknown> | null = null

  /** Whether a step that begins now has to wait for earlier ones. */
  get isBusy(): boolean {
    return this.#last !== null
  }

  /** Runs a step after all earlier ones have ended. */
  async take<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#last === null ? step() : this.#last.then(step)
    const ended = turn.then(ignore, ignore)
    this.#last = ended
    void ended.then(() => {
      if (this.#last === ended) {
        this.#last = null
      }
    })
    return turn
  }
}

function ignore(): void {}
