/** A cancellable timer. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void
}

/**
 * Time as the broker sees it. Everything in `broker/` that asks what time it is, or waits,
 * takes a clock, so that tests move time by hand instead of sleeping.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number
  /** Calls `fire` once after `delayMs`; it never keeps the process alive by itself. */
  after(delayMs: number, fire: () => void): Timer
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, fire) {
    const handle = setTimeout(fire, delayMs)
    handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
}

/** Tells the same time, but what is to happen after a while happens `times` as soon. */
export function hurriedClock({ nowMs, after }: Clock, times: number): Clock {
  return { nowMs, after: (delayMs, fire) => after(delayMs / times, fire) }
}

export interface FakeClock extends Clock {
  /** Moves time forward, firing every timer that falls due in order of its due time. */
  advance(ms: number): void
}

/** A clock that stands still until a test moves it. */
export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let now = startMs
  let sequence = 0
  const timers = new Map<number, { dueMs: number; fire: () => void }>()

  function nextDue(limitMs: number) {
    let due: { id: number; dueMs: number; fire: () => void } | undefined
    for (const [id, timer] of timers) {
      if (timer.dueMs <= limitMs && (due === undefined || timer.dueMs < due.dueMs)) {
        due = { id, ...timer }
      }
    }
    return due
  }

  return {
    nowMs: () => now,
    after(delayMs, fire) {
      const id = sequence++
      timers.set(id, { dueMs: now + delayMs, fire })
      return { cancel: () => timers.delete(id) }
    },
    advance(ms) {
      const end = now + ms
      for (let due = nextDue(end); due !== undefined; due = nextDue(end)) {
        timers.delete(due.id)
        now = Math.max(now, due.dueMs)
        due.fire()
      }
      now = end
    },
  }
}
