import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  apiKeyProblem,
  apiSecretProblem,
  clusterIdProblem,
  displayNameProblem,
  emailProblem,
  topicCollisionKey,
  topicNameProblem,
} from './names.ts'

const legalCharacters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-'

test.each([
  ['', 'the empty string is not allowed'],
  ['.', "'.' is not allowed"],
  ['..', "'..' is not allowed"],
  ['a b', "'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"],
  [
    'straße',
    "'straße' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
  ],
  ['a\n', "'a\n' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"],
])('the topic name %j is refused', (name, problem) => {
  expect(topicNameProblem(name)).toBe(problem)
})

test('a topic name may be 249 characters long and no longer', () => {
  expect(topicNameProblem('a'.repeat(249))).toBeNull()
  expect(topicNameProblem('a'.repeat(250))).toBe(
    `the length of '${'a'.repeat(250)}' is longer than the max allowed length 249`,
  )
})

test('exactly the legal characters make a topic name', () => {
  const legal = fc.string({
    unit: fc.constantFrom(...legalCharacters),
    minLength: 1,
    maxLength: 249,
  })
  fc.assert(
    fc.property(legal, (name) => {
      fc.pre(name !== '.' && name !== '..')
      expect(topicNameProblem(name)).toBeNull()
    }),
  )
  const foreign = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 1 })
    .filter((character) => !legalCharacters.includes(character))
  fc.assert(
    fc.property(legal, foreign, legal, (before, character, after) => {
      expect(topicNameProblem(before + character + after)).not.toBeNull()
    }),
  )
})

test('names that differ only in dots and underscores collide', () => {
  expect(topicCollisionKey('a.b_c')).toBe(topicCollisionKey('a_b.c'))
  expect(topicCollisionKey('a.b')).not.toBe(topicCollisionKey('a-b'))
})

test.each([
  ['TESTKEY234567ABC', true],
  ['0000000000000000', true],
  ['TESTKEY234567AB', false],
  ['TESTKEY234567ABCD', false],
  ['testkey234567abc', false],
  ['TESTKEY234567AB\n', false],
])('the API key %j is good: %s', (key, good) => {
  expect(apiKeyProblem(key) === null).toBe(good)
})

test('a secret has 8 characters or more and no NUL', () => {
  expect(apiSecretProblem('1234567')).toMatch('at least 8')
  expect(apiSecretProblem('12345678')).toBeNull()
  expect(apiSecretProblem('1234\u00005678')).toMatch('NUL')
})

test.each([
  ['lkc-ymq1wk', true],
  ['lkc-abc', false],
  ['env-1jrymj', false],
  ['lkc-YMQ1WK', false],
  ['lkc-ymq1wk/..', false],
])('the cluster id %j is good: %s', (id, good) => {
  expect(clusterIdProblem(id) === null).toBe(good)
})

test('a name that a person gives is shown as it is, so it must be visible and plain', () => {
  expect(displayNameProblem('cluster_0')).toBeNull()
  expect(displayNameProblem('Zürich – east')).toBeNull()
  for (const name of ['', '  ', ' a', 'a ', '<b>', 'a\u0007', 'x'.repeat(65)]) {
    expect(displayNameProblem(name)).not.toBeNull()
  }
})

test('an e-mail address has two sides', () => {
  expect(emailProblem('me@example.com')).toBeNull()
  expect(emailProblem('me@localhost')).toBeNull()
  for (const email of ['', 'me', '@example.com', 'me@', 'a b@c', 'me@you@them']) {
    expect(emailProblem(email)).not.toBeNull()
  }
})
