import { expect, it } from 'vitest'
import { slopeOf } from './slope.ts'

it('finds the slope of a line, also through what goes up and down beside it', () => {
  const line = [0, 1, 2, 3, 4, 5].map((time): [number, number] => [time, 100 + 3 * time])
  expect(slopeOf(line)).toBeCloseTo(3)
  const noisy = line.flatMap(([time, value]): [number, number][] => [
    [time, value - 8],
    [time, value + 8],
  ])
  expect(slopeOf(noisy)).toBeCloseTo(3)
})
