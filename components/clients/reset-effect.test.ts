import { expect, it } from 'vitest'
import type { PlannedOffset } from '../../lib/format/offset-reset.ts'
import { effectOf, effectSentence, formatDifference } from './reset-effect.ts'

function row(committed: number | null, offset: number | null): PlannedOffset {
  const difference = committed === null || offset === null ? null : offset - committed
  return { topic: 'rides', partition: 0, committed, offset, difference, end: 100, note: null }
}

it('adds up what is read again and what is skipped', () => {
  const effect = effectOf([row(50, 10), row(50, 51), row(7, 7), row(null, 3), row(5, null)])
  expect(effect).toEqual({ changed: 3, unchanged: 1, leftOut: 1, readAgain: 40, skipped: 1 })
  expect(effectSentence(effect)).toBe(
    '3 partitions get another offset: 40 messages are read again, 1 message is skipped.',
  )
})

it('says where nothing changes, and where nothing was committed', () => {
  expect(effectSentence(effectOf([row(7, 7)]))).toMatch(/^Nothing changes/)
  expect(effectSentence(effectOf([row(null, 7)]))).toBe('1 partition gets another offset.')
})

it('writes differences with their sign', () => {
  expect([-1200, 0, 3].map(formatDifference)).toEqual(['−1,200', '0', '+3'])
})
