import { expect, test } from 'vitest'
import type { OffsetRange, Positioned } from '../format/messages.ts'
import { type Cursor, type Direction, pageOf, spansOf } from './message-pages.ts'

/** Every second offset is missing, as after compaction; partitions have clocks of their own. */
const offsets: readonly OffsetRange[] = [
  { partition: 0, start: 10, end: 61 },
  { partition: 1, start: 0, end: 9 },
  { partition: 2, start: 5, end: 5 },
]
const all: readonly Positioned[] = offsets.flatMap(({ partition, start, end }) =>
  Array.from({ length: end - start }, (_, i) => start + i)
    .filter((offset) => offset % 2 === 0)
    .map((offset) => ({ partition, offset, timestampMs: offset * (partition + 1) })),
)

function pages(direction: Direction, begin: Cursor, max: number): Positioned[][] {
  const found: Positioned[][] = []
  for (let cursor: Cursor | null = begin; cursor !== null; ) {
    const spans = spansOf(offsets, cursor, direction, max)
    const read = all.filter((row) =>
      spans.some(
        (span) =>
          span.partition === row.partition &&
          row.offset >= span.fromOffset &&
          row.offset < span.toOffset,
      ),
    )
    const page = pageOf(read, spans, offsets, direction, max)
    expect(page.rows.length).toBeLessThanOrEqual(max)
    found.push(page.rows)
    cursor = page.next
  }
  return found
}

const begins = new Map(offsets.map(({ partition, start }) => [partition, start]))
const ends = new Map(offsets.map(({ partition, end }) => [partition, end]))

test.each([1, 3, 7, 100])('pages of %i bring every record once, in order of offsets', (max) => {
  for (const [direction, begin, sign] of [
    ['forwards', begins, 1],
    ['backwards', ends, -1],
  ] as const) {
    const rows = pages(direction, begin, max).flat()
    expect(rows).toHaveLength(all.length)
    for (const { partition } of offsets) {
      const inPartition = rows.filter((row) => row.partition === partition)
      const sorted = [...inPartition].sort((a, b) => sign * (a.offset - b.offset))
      expect(inPartition).toEqual(sorted)
    }
  }
})

test('a position before the beginning or behind the end is moved into the log', () => {
  expect(spansOf(offsets, new Map([[0, 3]]), 'forwards', 5)).toEqual([
    { partition: 0, fromOffset: 10, toOffset: 15 },
  ])
  expect(spansOf(offsets, new Map([[0, 99]]), 'forwards', 5)).toEqual([
    { partition: 0, fromOffset: 61, toOffset: 61 },
  ])
})
