import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newApiKey, newApiSecret, newId, presetClusterId } from './ids.ts'
import { apiKeyProblem, apiSecretProblem, clusterIdProblem } from './names.ts'

test('ids, keys and secrets have the forms by which they are recognised', () => {
  for (let i = 0; i < 200; i++) {
    expect(newId('lkc')).toMatch(/^lkc-[0-9degjklmnopqrvwxyz]{6}$/)
    expect(clusterIdProblem(newId('lkc'))).toBeNull()
    expect(newApiKey()).toMatch(/^[A-Z2-7]{16}$/)
    expect(apiKeyProblem(newApiKey())).toBeNull()
    expect(newApiSecret()).toMatch(/^cflt[A-Za-z0-9+/]{60}$/)
    expect(apiSecretProblem(newApiSecret())).toBeNull()
  }
})

test('no two ids are the same', () => {
  const keys = new Set(Array.from({ length: 1000 }, newApiKey))
  const secrets = new Set(Array.from({ length: 1000 }, newApiSecret))
  expect(keys.size).toBe(1000)
  expect(secrets.size).toBe(1000)
})

test('every letter of the alphabet turns up about equally often', () => {
  const counts = new Map<string, number>()
  const text = Array.from({ length: 2000 }, () => newId('env').slice(4)).join('')
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(27)
  // 12,000 draws from 27 letters: 444 each; a letter drawn with twice the odds of another shows.
  for (const count of counts.values()) expect(count).toBeGreaterThan(300)
  for (const count of counts.values()) expect(count).toBeLessThan(600)
})

test('the id of a preset cluster never changes, for it names the data that is there', () => {
  expect(presetClusterId('default', 'dev')).toBe(presetClusterId('default', 'dev'))
  expect(presetClusterId('default', 'dev')).toBe('lkc-d5vend')
  expect(presetClusterId('a', 'b c')).not.toBe(presetClusterId('a b', 'c'))
})

test('different names of clusters get different ids', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }), (names) => {
      const ids = names.map((name) => presetClusterId('default', name))
      expect(new Set(ids).size).toBe(names.length)
      for (const id of ids) expect(clusterIdProblem(id)).toBeNull()
    }),
    { seed: 1 },
  )
})
