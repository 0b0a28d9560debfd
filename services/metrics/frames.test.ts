import { expect, it } from 'vitest'
import {
  changeOf,
  createFrames,
  type Frame,
  noChange,
  noGauges,
  packChanges,
  slotsKept,
} from './frames.ts'

const change = {
  receivedBytes: 1,
  sentBytes: 2,
  receivedRecords: 3,
  sentRecords: 5,
  retainedDeltaBytes: -4,
}

function frame(slot: number, topics: number): Frame {
  const series = Array.from({ length: topics }, (_, number) => [number, change] as const)
  const cluster = { changes: packChanges(series), total: change, gauges: noGauges }
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

it('counts a frame once that is taken again', () => {
  const frames = createFrames(5000)
  for (let slot = 0; slot < 5; slot++) frames.add(frame(slot, 900))
  for (let round = 0; round < 10; round++) frames.add(frame(4, 900))
  expect(frames.at(0)).toBeDefined()
})

it('finds the change of each series and nothing for the others', () => {
  const packed = packChanges([
    [7, change],
    [2, { ...change, receivedBytes: 20 }],
    [9, { ...change, receivedBytes: 90 }],
  ])
  expect([2, 7, 9].map((number) => changeOf(packed, number).receivedBytes)).toEqual([20, 1, 90])
  expect(changeOf(packed, 7)).toEqual(change)
  expect([0, 3, 8, 10].map((number) => changeOf(packed, number))).toEqual(
    [0, 0, 0, 0].map(() => noChange),
  )
})
