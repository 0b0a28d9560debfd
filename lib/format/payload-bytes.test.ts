import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfHex, bytesOfPayload, hexDump, isHex, textOfBytes } from './payload-bytes.ts'

test('digits and text are the bytes that they stand for', () => {
  expect(bytesOfPayload({ form: 'text', text: 'ü' })).toEqual(new Uint8Array([0xc3, 0xbc]))
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const digits = Buffer.from(bytes).toString('hex')
      expect(isHex(digits)).toBe(true)
      expect(bytesOfHex(digits)).toEqual(bytes)
    }),
  )
})

test.each(['0', 'xy', '0 1'])('%s are no digits', (text) => {
  expect(isHex(text)).toBe(false)
})

test('a dump shows every byte, and a byte order mark is text', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('\ufeffabcdefghijklm<b>'), 0xff])
  const [first, second] = hexDump(bytes).split('\n')
  expect(first).toBe('0000  efbb bf61 6263 6465 6667 6869 6a6b 6c6d  ···abcdefghijklm')
  expect(second).toBe(`0010  ${'3c62 3eff'.padEnd(41)}<b>·`)
  expect(textOfBytes(bytes)).toBe('\ufeffabcdefghijklm<b>�')
})
