import { expect, test } from 'vitest'
import type { LiveCard } from '../../lib/queries/live.ts'
import { totalsOf } from './environment-totals.ts'

function card(production: readonly (number | null)[], storedBytes: number | null): LiveCard {
  const newest = production.at(-1) ?? null
  return {
    id: 'lkc-1',
    state: 'running',
    flows: null,
    figures: {
      id: 'lkc-1',
      takenMs: 0,
      rates:
        newest === null
          ? null
          : {
              productionBytesPerSecond: newest,
              consumptionBytesPerSecond: 0,
              recordsInPerSecond: 0,
            },
      storedBytes,
      topics: null,
      partitions: null,
      connections: null,
      series: {
        fromMs: 0,
        stepMs: 5000,
        productionBytesPerSecond: [...production],
        consumptionBytesPerSecond: production.map(() => 0),
        recordsInPerSecond: production.map(() => 0),
        storedBytes: production.map(() => storedBytes),
      },
    },
  }
}

test('clusters add up, and a gap of one of them takes nothing from the others', () => {
  const totals = totalsOf([card([null, 5, 10], 100), card([null, null, 1], 11)])
  expect(totals).toMatchObject({ production: 11, storedBytes: 111 })
  expect(totals.productionCourse).toEqual([null, 5, 11])
})

test('what nobody measured is not zero', () => {
  expect(totalsOf([card([null], null)])).toMatchObject({ production: null, storedBytes: null })
  expect(totalsOf([])).toMatchObject({ production: null, productionCourse: undefined })
})
