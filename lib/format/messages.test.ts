import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPositions, newestFirst, parsePositions } from './messages.ts'

test('offsets of a partition never change places, whatever its timestamps say', () => {
  const rows = fc.array(
    fc
      .record({ partition: fc.nat(3), timestampMs: fc.nat(20) })
      .map((row) => ({ ...row, offset: 0 })),
  )
  fc.assert(
    fc.property(rows, (drawn) => {
      const next = new Map<number, number>()
      for (const row of drawn) {
        row.offset = next.get(row.partition) ?? 0
        next.set(row.partition, row.offset + 1)
      }
      const merged = newestFirst(drawn)
      expect(merged).toHaveLength(drawn.length)
      for (const partition of next.keys()) {
        const offsets = merged.filter((row) => row.partition === partition).map((row) => row.offset)
        expect(offsets).toEqual([...offsets].sort((a, b) => b - a))
      }
    }),
  )
})

test('between partitions the later timestamp comes first', () => {
  const rows = [
    { partition: 0, offset: 7, timestampMs: 10 },
    { partition: 1, offset: 2, timestampMs: 30 },
    { partition: 0, offset: 8, timestampMs: 20 },
  ]
  expect(newestFirst(rows).map(({ timestampMs }) => timestampMs)).toEqual([30, 20, 10])
})

test('partitions with equal timestamps take turns', () => {
  const rows = [0, 0, 0, 1, 1, 1].map((partition, i) => ({ partition, offset: i, timestampMs: 7 }))
  expect(newestFirst(rows).map(({ partition }) => partition)).toEqual([0, 1, 0, 1, 0, 1])
})

test('a limit keeps the newest', () => {
  const rows = [1, 2, 3].map((offset) => ({ partition: 0, offset, timestampMs: offset }))
  expect(newestFirst(rows, 2).map(({ offset }) => offset)).toEqual([3, 2])
  expect(newestFirst(rows, 9)).toHaveLength(3)
})

test('positions are read back as they were written, and nothing else is', () => {
  const positions = new Map([
    [0, 17],
    [12, 9007199254740991],
  ])
  expect(parsePositions(formatPositions(positions))).toEqual(positions)
  for (const text of ['', '0', '0:', '0:-1', '0:1,', 'a:1', '0:9007199254740993', '0:1;1:2']) {
    expect(parsePositions(text)).toBeNull()
  }
})
