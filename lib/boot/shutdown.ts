// Stops what was started, in reverse, within a time that a person at Ctrl-C accepts.

import { setTimeout as wait } from 'node:timers/promises'

export interface Shutdown {
  /** Call it as soon as the thing runs; `patienceMs` bounds its stopping. */
  onStop(name: string, patienceMs: number, stop: () => Promise<void> | void): void
  /** Resolves when everything has stopped or has been given up. Calling twice stops once. */
  run(): Promise<void>
}

export function createShutdown(): Shutdown {
  const stops: { name: string; patienceMs: number; stop: () => Promise<void> | void }[] = []
  let running: Promise<void> | undefined

  async function stopAll(): Promise<void> {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) {
      const { name, patienceMs, stop } = next
      const patience = new AbortController()
      const impatient = wait(patienceMs, 'late', { signal: patience.signal }).catch(() => 'stopped')
      const stopped = Promise.resolve()
        .then(stop)
        .catch((error: unknown) => console.error(`Stopping ${name} failed:`, error))
      if ((await Promise.race([stopped, impatient])) === 'late') {
        console.error(`Stopping ${name} took more than ${patienceMs} ms; going on without it.`)
      }
      patience.abort()
    }
  }

  return {
    onStop: (name, patienceMs, stop) => void stops.push({ name, patienceMs, stop }),
    run() {
      running ??= stopAll()
      return running
    },
  }
}
