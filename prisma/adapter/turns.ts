/**
 * One after another: a transaction holds its turn until it ends, and whatever else comes to the same
 * connection waits, or it would become part of that transaction and be rolled back with it.
 */
export interface Turns {
  /** Resolves when it is the caller's turn, with the function that ends it. */
  take(): Promise<() => void>
  /** Null while it is nobody's turn; the usual case, which costs no wait. */
  readonly taken: Promise<void> | null
}

export function createTurns(): Turns {
  let last: Promise<void> | null = null
  return {
    async take() {
      const before = last
      let end = () => {}
      const turn = new Promise<void>((resolve) => {
        end = resolve
      })
      const mine = before === null ? turn : before.then(() => turn)
      last = mine
      await before
      return () => {
        end()
        if (last === mine) last = null
      }
    },
    get taken() {
      return last
    },
  }
}
