import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCode, errorName, isRefusal, kafkaErrors, refuse } from './errors.ts'

test('codes run from -1 to 133 without a gap', () => {
  const codes = Object.values(kafkaErrors).map(({ code }) => code)
  expect(codes).toEqual(Array.from({ length: 135 }, (_, i) => i - 1))
})

test('names, codes and what may be retried are those of Apache Kafka', () => {
  const file = new URL('protocol/golden/kafka-clients-4.1.0.errors.txt', import.meta.url)
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  const ours = Object.entries(kafkaErrors).map(
    ([name, { code, retriable }]) => `${code} ${name} ${retriable}`,
  )
  expect(ours.slice(0, lines.length)).toEqual(lines)
})

test('a code that Kafka does not have has no name', () => {
  expect(errorName(9999)).toBeUndefined()
  expect(errorCode('UNKNOWN_TOPIC_OR_PARTITION')).toBe(3)
})

test('a refusal is told from every other value', () => {
  expect(isRefusal(refuse('INVALID_CONFIG', 'too short'))).toBe(true)
  expect(isRefusal(refuse('NONE'))).toBe(true)
  for (const value of [
    null,
    undefined,
    'INVALID_CONFIG',
    {},
    { error: 'toString' },
    { error: 3 },
  ]) {
    expect(isRefusal(value)).toBe(false)
  }
})

test('every error but NONE has a sentence', () => {
  for (const [name, { message }] of Object.entries(kafkaErrors)) {
    expect(message).toMatch(name === 'NONE' ? /^$/ : /^\S.*\.$/)
  }
})
