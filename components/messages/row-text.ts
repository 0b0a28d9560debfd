import { jsonScalars } from '../../lib/format/json-paths.ts'
import type { MessageRow } from '../../lib/format/messages.ts'
import { formatDateTime, isDate } from '../../lib/format/times.ts'

const haystacks = new WeakMap<MessageRow, string>()
const scalars = new WeakMap<MessageRow, ReadonlyMap<string, string>>()

/** Whether all words of the filter occur in what the list holds of a row, whatever their case. */
export function matchesFilter(row: MessageRow, filter: string): boolean {
  const haystack = haystacks.get(row) ?? remember(haystacks, row, haystackOf(row))
  return wordsOf(filter).every((word) => haystack.includes(word))
}

function wordsOf(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter(Boolean)
}

function haystackOf(row: MessageRow): string {
  const { offset, partition, timestampMs, key, value, headers, problem } = row
  const time = isDate(timestampMs) ? new Date(timestampMs).toISOString() : ''
  return [
    `${partition}:${offset}`,
    timestampMs,
    time,
    formatDateTime(timestampMs),
    key?.text,
    value?.text,
    problem,
    ...headers.map((header) => `${header.name}: ${header.value?.text ?? 'null'}`),
  ]
    .join('\n')
    .toLowerCase()
}

/** The scalars of a row's value by JSON path; none where the list holds only its beginning. */
export function scalarsOf(row: MessageRow): ReadonlyMap<string, string> {
  return scalars.get(row) ?? remember(scalars, row, readScalars(row))
}

function readScalars({ value, problem }: MessageRow): ReadonlyMap<string, string> {
  const isReadable = value?.form === 'text' && value.isWhole && problem === undefined
  return isReadable ? jsonScalars(value.text) : new Map()
}

function remember<Value>(kept: WeakMap<MessageRow, Value>, row: MessageRow, value: Value): Value {
  kept.set(row, value)
  return value
}

/** Paths that occur in the rows, the most common first. */
export function observedPaths(rows: readonly MessageRow[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const row of rows.slice(0, 200)) {
    for (const path of scalarsOf(row).keys()) counts.set(path, (counts.get(path) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([path]) => path)
}
