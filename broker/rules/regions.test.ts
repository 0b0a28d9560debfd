import { expect, test } from 'vitest'
import { placeProblem, providers, regionById } from './regions.ts'

test('regions are told apart and have names', () => {
  for (const provider of providers) {
    const ids: string[] = provider.regions.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const region of provider.regions) expect(region.name).not.toBe('')
  }
})

test('a cluster is placed in a region of its provider', () => {
  expect(regionById('gcp', 'europe-west3')?.name).toBe('Frankfurt')
  expect(placeProblem('gcp', 'europe-west3')).toBeNull()
  expect(placeProblem('aws', 'europe-west3')).toBe(
    "Amazon Web Services has no region 'europe-west3'.",
  )
  expect(placeProblem('ibm', 'x')).toBe("'ibm' is not a provider; use aws, gcp, azure.")
})
