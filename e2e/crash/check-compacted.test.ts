import { expect, it } from 'vitest'
import { CompactedLedger } from './check-compacted.ts'

const update = (key: string, offset: number, isTombstone = false) => {
  return { producer: 'a', partition: 0, offset, hash: `${key}${offset}`, key, isTombstone }
}
const left = (key: string, offset: number, hash = `${key}${offset}`) => {
  return { partition: 0, offset, key, hash }
}
const acknowledged = [update('x', 0), update('y', 1), update('x', 2), update('y', 3, true)]

function problemsOf(log: Parameters<CompactedLedger['check']>[0]): string[] {
  const ledger = new CompactedLedger()
  ledger.take(acknowledged)
  return ledger.check(log)
}

it('accepts every state between nothing compacted and all of it', () => {
  expect(problemsOf([left('x', 0), left('y', 1), left('x', 2), left('y', 3)])).toEqual([])
  expect(problemsOf([left('x', 2), left('y', 3)])).toEqual([])
  expect(problemsOf([left('x', 2)])).toEqual([])
})

it('accepts updates that were stored and not acknowledged', () => {
  expect(problemsOf([left('x', 4, 'whatever'), left('y', 5, 'whatever')])).toEqual([])
})

it('finds a last value that is gone, an older one in its place, and a deleted key that is back', () => {
  expect(problemsOf([left('y', 3)])).toHaveLength(1)
  expect(problemsOf([left('x', 0), left('y', 3)])).toHaveLength(1)
  expect(problemsOf([left('y', 1), left('x', 2)])).toHaveLength(1)
})

it('finds records that moved or changed', () => {
  expect(problemsOf([left('x', 2), left('y', 3), left('x', 3)])).toHaveLength(2)
  expect(problemsOf([left('x', 2, 'another')])).toHaveLength(1)
})
