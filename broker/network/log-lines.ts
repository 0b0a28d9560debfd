import type { Clock } from '../clock.ts'

/** Takes one line for whoever runs the broker: a whole sentence, without a newline. */
export type Log = (line: string) => void

/**
 * Lets at most `limit` lines of one kind through per `windowMs`, then counts: whoever sends garbage
 * in a loop must not fill the disk with our complaints. How many were left out is said with the
 * first line of a later window. Every kind is remembered for good, so kinds are few and ours: nothing
 * that a client sent may be part of one.
 */
export function createRateLimitedLog(
  log: Log,
  clock: Clock,
  { limit = 20, windowMs = 10_000 }: { limit?: number; windowMs?: number } = {},
): (kind: string, line: string) => void {
  const kinds = new Map<string, { windowStartMs: number; count: number }>()
  return (kind, line) => {
    const nowMs = clock.nowMs()
    const seen = kinds.get(kind)
    if (seen === undefined || nowMs - seen.windowStartMs >= windowMs) {
      kinds.set(kind, { windowStartMs: nowMs, count: 1 })
      const leftOut = seen === undefined ? 0 : seen.count - limit
      log(leftOut > 0 ? `${line} (${leftOut} more such lines were left out)` : line)
      return
    }
    seen.count += 1
    if (seen.count <= limit) {
      log(line)
    }
  }
}

const PRINTABLE = /^[\x21-\x7e]{1,80}$/

/** Text that a client sent, made fit for a log line: control characters escaped, cut at 80. */
export function printable(text: string | null): string {
  if (text === null) {
    return '-'
  }
  return PRINTABLE.test(text) ? text : JSON.stringify(text.slice(0, 80))
}
