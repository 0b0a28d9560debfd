/** Waits for states by events, never by sleeping: whoever changes something calls `changed`. */
export interface Turnstile {
  changed(): void
  /** Resolves once `holds()`; rejects with `describe()` when that takes longer than the deadline. */
  until(holds: () => boolean, describe: () => string, withinMs?: number): Promise<void>
}

export function createTurnstile(): Turnstile {
  const waiting = new Set<() => void>()
  return {
    changed() {
      for (const check of [...waiting]) check()
    },
    until(holds, describe, withinMs = 60_000) {
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          waiting.delete(check)
          reject(new Error(`Waited ${withinMs} ms in vain: ${describe()}`))
        }, withinMs)
        function check() {
          if (!holds()) return
          clearTimeout(deadline)
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      })
    },
  }
}
