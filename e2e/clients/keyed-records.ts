import { expect } from 'vitest'
import type { ConsumedRecord } from './client-processes.ts'

/** `key<TAB>value` lines; the value counts up, so that order within a key can be told. */
export function keyedRecords(count: number, keyCount = 500): string {
  let lines = ''
  for (let index = 0; index < count; index++) lines += `${index % keyCount}\t${index}\n`
  return lines
}

/** As many records as that, none of them twice. */
export function expectEachOnce(records: readonly ConsumedRecord[], count: number): void {
  expect(records).toHaveLength(count)
  const places = new Set(records.map(({ partition, offset }) => `${partition}:${offset}`))
  expect(places.size).toBe(count)
}
