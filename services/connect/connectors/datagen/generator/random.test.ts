import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

/** How far counts are from even, as chi-square; for 15 degrees of freedom 60 is one in a million. */
function unevenness(cells: readonly number[], expected: number): number {
  return cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

const records = 16_000
const sixteenths = 16

describe('the random source of a record', () => {
  it.each([
    ['records of one seed', (at: number) => ({ seed: 7, record: at })],
    ['first records of neighbouring seeds', (at: number) => ({ seed: at, record: 0 })],
    ['records far away', (at: number) => ({ seed: -3, record: 2 ** 40 + at })],
  ])('begins evenly and unlike the one before, for %s', (_name, startOf) => {
    const firsts = Array.from({ length: records }, (_, at) =>
      createRandom(startOf(at)).below(sixteenths),
    )
    const single = new Array<number>(sixteenths).fill(0)
    const steps = new Array<number>(sixteenths).fill(0)
    firsts.forEach((value, at) => {
      single[value] = (single[value] ?? 0) + 1
      const step = (value - (firsts[at - 1] ?? 0) + sixteenths) % sixteenths
      steps[step] = (steps[step] ?? 0) + 1
    })
    expect(unevenness(single, records / sixteenths)).toBeLessThan(60)
    expect(unevenness(steps, records / sixteenths)).toBeLessThan(60)
  })

  it('goes on evenly within a record', () => {
    const random = createRandom({ seed: 1, record: 1 })
    const cells = new Array<number>(sixteenths).fill(0)
    for (let count = 0; count < records; count++) {
      const value = Number(random.bigBelow(BigInt(sixteenths)))
      cells[value] = (cells[value] ?? 0) + 1
    }
    expect(unevenness(cells, records / sixteenths)).toBeLessThan(60)
  })

  it('tells seeds and records apart beyond 32 bits', () => {
    const first = (seed: number, record: number) => createRandom({ seed, record }).float()
    expect(first(1, 1)).not.toBe(first(2 ** 32 + 1, 1))
    expect(first(1, 1)).not.toBe(first(1, 2 ** 32 + 1))
    expect(first(-1, 0)).not.toBe(first(1, 0))
  })
})
