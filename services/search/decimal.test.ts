import { expect, test } from 'vitest'
import { canonicalDecimal, plainDecimal } from './decimal.ts'

test.each([
  ['18', '18e0'],
  ['18.0', '18e0'],
  ['1.8e1', '18e0'],
  ['1800E-2', '18e0'],
  ['-0.0', '0e0'],
  ['0', '0e0'],
  ['1000', '1e3'],
  ['0.005', '5e-3'],
  ['-12.50', '-125e-1'],
  ['9007199254740993', '9007199254740993e0'],
  ['12345678901234567890', '1234567890123456789e1'],
  ['0.1234567890123456789012345', '1234567890123456789012345e-25'],
])('%s is %s', (text, canonical) => {
  expect(canonicalDecimal(text)).toBe(canonical)
})

test.each(['', '-', '01', '.5', '5.', '1e', '+1', '0x10', 'NaN', '1_000'])(
  '%j is no JSON number',
  (text) => {
    expect(canonicalDecimal(text)).toBeNull()
  },
)

test.each([
  '18',
  '-12.5',
  '0.005',
  '1000',
  '-3',
  '0',
  '12345678901234567890',
  '0.1234567890123456789012345',
])('%s is written as it is, without an exponent', (text) => {
  expect(plainDecimal(canonicalDecimal(text) ?? '')).toBe(text)
})

test('what would take many zeros is not written out', () => {
  expect(plainDecimal('1e61')).toBeNull()
  expect(plainDecimal('1e-61')).toBeNull()
})
