import type { Clock } from '../../broker/clock.ts'

export interface Retry<T> {
  attempt(): Promise<T>
  /** Whether a failure passes by itself. */
  passes(error: unknown): boolean
  /** Ends the waiting. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The first failure that is waited for. */
  onWaiting(error: unknown): void
  /** It works again. */
  onGoingOn(): void
}

const retryMsMin = 100
const retryMsMax = 2000

/**
 * Tries until it works. Null where the signal aborts before; rejects with a failure that does not
 * pass by itself.
 */
export async function retry<T>(options: Retry<T>): Promise<T | null> {
  const { signal, clock } = options
  for (let tries = 0; ; tries++) {
    if (signal.aborted) return null
    try {
      const value = await options.attempt()
      if (tries > 0) options.onGoingOn()
      return value
    } catch (error) {
      if (!options.passes(error)) throw error
      if (signal.aborted) return null
      if (tries === 0) options.onWaiting(error)
      await wait(Math.min(retryMsMin * 2 ** tries, retryMsMax), { signal, clock })
    }
  }
}

/** Resolves after this time, or when the signal aborts. */
function wait(
  ms: number,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: Clock },
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = clock.after(ms, end)
    signal.addEventListener('abort', end)
  })
}
