import type { ResetTarget } from './offset-reset.ts'

/** What a reset is about, as the page's address and its form say it: all of it text. */
export interface ResetQuery {
  /** Empty or absent: every topic that the group has committed offsets of. */
  readonly topic?: string | undefined
  /** Such as `0,2-4`; empty or absent: all of the topic's. */
  readonly partitions?: string | undefined
  readonly to?: string | undefined
  /** ISO 8601 for a time; a whole number for an offset and a shift. */
  readonly value?: string | undefined
}

export interface ResetScope {
  readonly topic: string | null
  /** Ascending, each once; null for all. */
  readonly partitions: readonly number[] | null
}

export type ResetAsked =
  | { readonly scope: ResetScope; readonly target: ResetTarget }
  | { readonly problem: { readonly field: 'partitions' | 'value'; readonly message: string } }

/** Where a reset can go to, in the order in which they are offered. */
export const resetTargets = ['earliest', 'latest', 'time', 'offset', 'shift'] as const
export type ResetTo = (typeof resetTargets)[number]

export function resetToIn(text: string | undefined): ResetTo {
  return resetTargets.find((known) => known === text) ?? 'earliest'
}

/** What is asked for, or the field that needs another value with the reason. */
export function parseReset({
  topic = '',
  partitions = '',
  to,
  value = '',
}: ResetQuery): ResetAsked {
  const chosen = topic === '' ? null : parsePartitions(partitions)
  if (chosen === undefined) {
    const message = 'Name partitions by their numbers, such as 0,2-4.'
    return { problem: { field: 'partitions', message } }
  }
  const target = parseTarget(resetToIn(to), value.trim())
  if (typeof target === 'string') return { problem: { field: 'value', message: target } }
  return { scope: { topic: topic === '' ? null : topic, partitions: chosen }, target }
}

/** No topic has more partitions than this (a cluster has fewer): a range cannot fill the memory. */
const partitionMax = 99_999

/** Null is all; undefined where it cannot be read. */
function parsePartitions(text: string): readonly number[] | null | undefined {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.every((part) => part === '')) return null
  const numbers = new Set<number>()
  for (const part of parts) {
    const [, from, to = from] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(part) ?? []
    if (from === undefined || Number(to) < Number(from)) return undefined
    for (let number = Number(from); number <= Math.min(Number(to), partitionMax); number++) {
      numbers.add(number)
    }
  }
  return [...numbers].sort((a, b) => a - b)
}

function parseTarget(to: ResetTo, value: string): ResetTarget | string {
  switch (to) {
    case 'earliest':
    case 'latest':
      return { to }
    case 'time': {
      const timeMs = Date.parse(value)
      if (value === '' || Number.isNaN(timeMs)) return 'Enter a date and a time.'
      return timeMs < 0 ? 'Enter a time after 1970.' : { to, timeMs }
    }
    case 'offset': {
      const offset = wholeNumber(value)
      return offset === null || offset < 0 ? 'Enter an offset: 0 or more.' : { to, offset }
    }
    case 'shift': {
      const by = wholeNumber(value)
      return by === null || by === 0
        ? 'Enter by how many messages, such as -100 to read the last hundred again.'
        : { to, by }
    }
  }
}

function wholeNumber(text: string): number | null {
  const number = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}
