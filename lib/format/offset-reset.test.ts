import { describe, expect, it } from 'vitest'
import { offsetsOf, planReset, type ResetTarget, type ResettablePartition } from './offset-reset.ts'

const rides: ResettablePartition = {
  ...{ topic: 'rides', partition: 0 },
  ...{ committed: 50, start: 10, end: 100 },
}

function planned(target: ResetTarget, part: Partial<ResettablePartition> = {}) {
  const [row] = planReset([{ ...rides, ...part }], target)
  return row
}

describe('where a reset goes', () => {
  it('to the first and behind the last message', () => {
    expect(planned({ to: 'earliest' })).toMatchObject({ offset: 10, difference: -40, note: null })
    expect(planned({ to: 'latest' })).toMatchObject({ offset: 100, difference: 50, note: null })
  })

  it('to the first message of a time, or the end where none is as late', () => {
    const target = { to: 'time', timeMs: 1 } as const
    expect(planned(target, { atTime: 70 })).toMatchObject({ offset: 70, note: null })
    expect(planned(target)).toMatchObject({ offset: 100, note: 'no-later-message' })
  })

  it.each([
    [50, 50, 0, null],
    [9, 10, -40, 'before-start'],
    [100, 100, 50, null],
    [101, 100, 50, 'after-end'],
  ])('to offset %i: %i', (asked, offset, difference, note) => {
    expect(planned({ to: 'offset', offset: asked })).toMatchObject({ offset, difference, note })
  })

  it.each([
    [-40, 10, null],
    [-41, 10, 'before-start'],
    [50, 100, null],
    [51, 100, 'after-end'],
  ])('by %i: %i', (by, offset, note) => {
    expect(planned({ to: 'shift', by })).toMatchObject({ offset, note })
  })
})

it('nothing can be shifted from where nothing was committed, but all else can be set', () => {
  const none = { committed: null }
  expect(planned({ to: 'shift', by: -1 }, none)).toMatchObject({
    ...{ offset: null, difference: null, note: 'nothing-to-shift' },
  })
  expect(planned({ to: 'earliest' }, none)).toMatchObject({ offset: 10, difference: null })
})

it('a partition of a topic that is gone is left as it is', () => {
  const gone = { start: null, end: null }
  expect(planned({ to: 'latest' }, gone)).toMatchObject({ offset: null, note: 'not-there' })
})

it('what is committed are the rows with an offset, and what the dry run found there', () => {
  const plan = planReset([rides, { ...rides, partition: 1, committed: null }], {
    ...{ to: 'shift', by: -5 },
  })
  expect(offsetsOf(plan)).toEqual([{ topic: 'rides', partition: 0, committed: 50, offset: 45 }])
})
