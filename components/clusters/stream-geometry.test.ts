import { expect, test } from 'vitest'
import { rowPx, streamsOf } from './stream-geometry.ts'

test('width is linear in the rate, from 1.5 to 12 pixels; what rests is dotted', () => {
  const streams = streamsOf([800, 400, 0, null], { atMost: 800, heightPx: 4 * rowPx })
  expect(streams.map(({ widthPx }) => widthPx)).toEqual([12, 6.75, 1.5, 1.5])
  expect(streams.map(({ isIdle }) => isIdle)).toEqual([false, false, true, true])
})

test('streams meet side by side in the middle of the cluster', () => {
  const streams = streamsOf([1, 1], { atMost: 1, heightPx: 100 })
  const ends = streams.map(({ path }) => Number(path.split(' ').at(-1)))
  expect(ends).toEqual([44, 56])
})

test('a cluster that nothing flows through has no widest stream', () => {
  expect(streamsOf([0], { atMost: 0, heightPx: rowPx })[0]?.widthPx).toBe(1.5)
})
