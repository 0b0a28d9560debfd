import type { LogLine } from '../../lib/queries/connectors.ts'

const words = ['Paused', 'Resumed', 'Restarted'] as const

/** What people did to a connector, as its log tells it, for above the chart. */
export function chartEvents(lines: readonly LogLine[]) {
  return lines.flatMap(({ atMs, taskId, message }) => {
    const word = words.find((candidate) => message.startsWith(candidate))
    return word === undefined || taskId !== null ? [] : [{ atMs, word }]
  })
}
