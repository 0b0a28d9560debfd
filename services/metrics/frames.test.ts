import { expect, it } from 'vitest'
import { changeOf, createFrames, type Frame, noChange, packChanges, slotsKept } from './frames.ts'

const change = { bytesIn: 1, bytesOut: 2, recordsIn: 3, storedDeltaBytes: -4 }

function frame(slot: number, topics: number): Frame {
  const series = Array.from({ length: topics }, (_, number) => [number, change] as const)
  const cluster = { changes: packChanges(series), total: change, storedBytes: 0 }
  return { slot, intervalMs: 5000, clusters: new Map([['lkc-1', cluster]]) }
}

it('keeps an hour', () => {
  const frames = createFrames()
  for (let slot = 0; slot <= slotsKept; slot++) frames.add(frame(slot, 1))
  expect(frames.at(0)).toBeUndefined()
  expect(frames.at(1)).toBeDefined()
  expect(frames.at(slotsKept)).toBeDefined()
})

it('keeps less than an hour where more changes than there is room for', () => {
  const frames = createFrames(5000)
  for (let slot = 0; slot < 20; slot++) frames.add(frame(slot, 1000))
  expect(frames.at(15)).toBeUndefined()
  expect(frames.at(16)).toBeDefined()
  // The newest stays, however large it is.
  frames.add(frame(20, 9000))
  expect(frames.at(19)).toBeUndefined()
  expect(frames.at(20)).toBeDefined()
})

it('finds the change of each series and nothing for the others', () => {
  const packed = packChanges([
    [7, change],
    [2, { ...change, bytesIn: 20 }],
    [9, { ...change, bytesIn: 90 }],
  ])
  expect([2, 7, 9].map((number) => changeOf(packed, number).bytesIn)).toEqual([20, 1, 90])
  expect([0, 3, 8, 10].map((number) => changeOf(packed, number))).toEqual(
    [0, 0, 0, 0].map(() => noChange),
  )
})
