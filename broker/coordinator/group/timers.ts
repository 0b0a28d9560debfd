import type { Clock, Timer } from '../../clock.ts'
import type { TimerName } from './effects.ts'

/** The timers of all groups, by group and name. */
export interface GroupTimers {
  /** Starts a timer anew where one of that name is running. */
  arm(groupId: string, name: TimerName, delayMs: number, fire: () => void): void
  disarm(groupId: string, name: TimerName): void
  disarmAll(groupId: string): void
  /** Stops every timer; none starts after that. */
  close(): void
  has(groupId: string, name: TimerName): boolean
  /** How many are running. */
  readonly size: number
}

export function createGroupTimers(clock: Clock): GroupTimers {
  const groups = new Map<string, Map<TimerName, Timer>>()
  let isClosed = false

  function disarm(groupId: string, name: TimerName): void {
    const timers = groups.get(groupId)
    timers?.get(name)?.cancel()
    timers?.delete(name)
    if (timers?.size === 0) groups.delete(groupId)
  }

  function disarmAll(groupId: string): void {
    for (const timer of groups.get(groupId)?.values() ?? []) timer.cancel()
    groups.delete(groupId)
  }

  return {
    arm(groupId, name, delayMs, fire) {
      if (isClosed) return
      disarm(groupId, name)
      const timers = groups.get(groupId) ?? new Map<TimerName, Timer>()
      groups.set(groupId, timers)
      const timer = clock.after(delayMs, () => {
        disarm(groupId, name)
        fire()
      })
      timers.set(name, timer)
    },
    disarm,
    disarmAll,
    close() {
      isClosed = true
      for (const groupId of [...groups.keys()]) disarmAll(groupId)
    },
    has: (groupId, name) => groups.get(groupId)?.has(name) ?? false,
    get size() {
      let size = 0
      for (const timers of groups.values()) size += timers.size
      return size
    },
  }
}
