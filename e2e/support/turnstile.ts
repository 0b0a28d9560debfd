/** Waits for states by events, never by sleeping: whoever changes something calls `changed`. */
export interface Turnstile {
  changed(): void
  /**
   * Resolves once `holds()`; rejects with what that throws, and with `describe()` when it takes longer
   * than the deadline.
   */
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
          try {
            if (!holds()) return
            resolve()
          } catch (error) {
            reject(error)
          }
          clearTimeout(deadline)
          waiting.delete(check)
        }
        waiting.add(check)
        check()
      })
    },
  }
}
