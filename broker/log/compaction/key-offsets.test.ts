import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyOffsets } from './key-offsets.ts'

/** Short ones stand for themselves, those of 16 bytes and more are hashed; both are mixed here. */
const key = fc.oneof(
  fc.uint8Array({ maxLength: 17 }),
  fc.integer({ min: 0, max: 40 }).map((n) => Buffer.from(`user-${n}`)),
  fc.integer({ min: 0, max: 40 }).map((n) => Buffer.from(`a-key-of-more-than-16-bytes-${n}`)),
)

it('remembers the last offset of each key, as a map does', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 3000 }), fc.array(key), (puts, others) => {
      const offsets = new KeyOffsets(1_000_000)
      const model = new Map<string, number>()
      for (const [offset, bytes] of puts.entries()) {
        expect(offsets.put(bytes, 0, bytes.length, offset)).toBe(true)
        model.set(Buffer.from(bytes).toString('hex'), offset)
      }
      expect(offsets.size).toBe(model.size)
      for (const bytes of [...puts, ...others]) {
        const known = model.get(Buffer.from(bytes).toString('hex')) ?? -1
        expect(offsets.get(bytes, 0, bytes.length)).toBe(known)
      }
    }),
    { numRuns: 50 },
  )
})

it('takes a key from within other bytes', () => {
  const offsets = new KeyOffsets(0)
  offsets.put(Buffer.from('...abc...'), 3, 3, 7)
  expect(offsets.get(Buffer.from('abc'), 0, 3)).toBe(7)
  expect(offsets.get(Buffer.from('abcd'), 0, 4)).toBe(-1)
  expect(offsets.get(Buffer.from('abc\0'), 0, 4)).toBe(-1)
})

it('takes no new key beyond its bytes, but later offsets of those it has', () => {
  const slots = 4096
  const offsets = new KeyOffsets(slots * 24)
  const put = (n: number, offset: number) => {
    const bytes = Buffer.from(String(n))
    return offsets.put(bytes, 0, bytes.length, offset)
  }
  let taken = 0
  while (put(taken, taken)) taken++
  expect(taken).toBe(slots * 0.75)
  expect(put(0, 9999)).toBe(true)
  expect(offsets.get(Buffer.from('0'), 0, 1)).toBe(9999)
  expect(put(-1, 1)).toBe(false)
})
