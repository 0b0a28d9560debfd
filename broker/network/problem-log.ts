import type { Clock, Timer } from '../clock.ts'
import {
  type ConnectionProblem,
  type ConnectionProblemCode,
  describeProblem,
} from '../rules/connection-problems.ts'
import { brokerLimit } from '../rules/limits.ts'
import { createRateLimitedLog, type Log } from './log-lines.ts'

/** How often a problem that goes on is mentioned again. */
const SUMMARY_MS = 60_000

/** Where a problem came from: the peer's address, and the connection as a log line describes it. */
export interface ProblemSource {
  readonly host: string
  readonly text: string
}

export interface ProblemLog {
  add(problem: ConnectionProblem, source: ProblemSource): void
  close(): void
}

interface Repeated {
  readonly code: ConnectionProblemCode
  /** Whose; null for everybody for whom there was no place. */
  readonly host: string | null
  count: number
  last: { readonly problem: ConnectionProblem; readonly source: ProblemSource } | null
  timer: Timer
}

/**
 * Says each problem of a peer at once, and then at most once a minute how often it came again: a
 * client that is set wrongly connects several times a second, for days. A flood of peers is held
 * back by kind, and all those beyond the limit of remembered ones are counted together.
 */
export function createProblemLog(log: Log, clock: Clock): ProblemLog {
  const limited = createRateLimitedLog(log, clock)
  const remembered = new Map<string, Repeated>()

  function wait(key: string): Timer {
    return clock.after(SUMMARY_MS, () => sumUp(key))
  }

  function sumUp(key: string): void {
    const repeated = remembered.get(key)
    if (repeated === undefined) return
    const { code, host, count, last } = repeated
    if (last === null) {
      remembered.delete(key)
      return
    }
    const whence = host === null ? 'from many addresses' : `from ${host}`
    limited(
      code,
      `${count} more connections ${whence} in the last ${SUMMARY_MS / 1000} s had this problem; the last: ${lineOf(last.problem, last.source)}`,
    )
    repeated.count = 0
    repeated.last = null
    repeated.timer = wait(key)
  }

  return {
    add(problem, source) {
      const { code, detail = '' } = problem
      const own = `${code} ${source.host} ${detail}`
      const hasRoom = remembered.has(own) || remembered.size < brokerLimit('rememberedProblems')
      const [key, host] = hasRoom ? [own, source.host] : [`${code} *`, null]
      const repeated = remembered.get(key)
      if (repeated === undefined) {
        remembered.set(key, { code, host, count: 0, last: null, timer: wait(key) })
        limited(code, lineOf(problem, source))
      } else {
        repeated.count += 1
        repeated.last = { problem, source }
      }
    },
    close() {
      for (const { timer } of remembered.values()) timer.cancel()
      remembered.clear()
    },
  }
}

function lineOf(problem: ConnectionProblem, { text }: ProblemSource): string {
  return `${text} ${describeProblem(problem)}`
}
