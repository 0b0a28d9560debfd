import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AmountKind, amountOf, describeAmount, storedAmount } from './amounts.ts'

test.each<[string, AmountKind, string]>([
  ['604800000', 'ms', '1 week'],
  ['86400000', 'ms', '1 day'],
  ['2592000000', 'ms', '30 days'],
  ['1', 'ms', '1 ms'],
  ['0', 'ms', '0 ms'],
  ['-1', 'ms', 'Infinite'],
  ['9223372036854775807', 'ms', 'No bound'],
  ['104857600', 'bytes', '100 MB'],
  ['2097164', 'bytes', '2,097,164 bytes'],
  ['9223372036854775806', 'bytes', '9,223,372,036,854,775,806 bytes'],
])('%s (%s) is %s', (stored, kind, text) => {
  expect(describeAmount(stored, kind)).toBe(text)
})

test('what people type becomes what Kafka stores', () => {
  expect(storedAmount({ count: '1.5', unit: 'GB' }, 'bytes')).toBe('1610612736')
  expect(storedAmount({ count: '1,000', unit: 'ms' }, 'ms')).toBe('1000')
  expect(storedAmount({ count: ' 3 ', unit: 'd' }, 'ms')).toBe('259200000')
  expect(storedAmount({ count: '-1', unit: 'ms' }, 'ms')).toBe('-1')
})

test('what is no number is left for the rules to refuse', () => {
  expect(storedAmount({ count: 'soon', unit: 'd' }, 'ms')).toBe('soon')
  expect(storedAmount({ count: '', unit: 'd' }, 'ms')).toBe('')
  expect(amountOf('soon', 'ms')).toEqual({ count: 'soon', unit: 'ms' })
})

test('any stored number survives being shown in the largest unit that divides it', () => {
  const kinds = fc.constantFrom<AmountKind>('ms', 'bytes')
  fc.assert(
    fc.property(fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }), kinds, (value, kind) => {
      expect(storedAmount(amountOf(String(value), kind), kind)).toBe(String(value))
    }),
  )
})
