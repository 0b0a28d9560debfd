import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZERO_UUID } from './schema.ts'
import { wire } from './wire.ts'

test('any uuid is read and written as Buffer does it, however often and in whatever order', () => {
  const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(fc.array(uuid, { minLength: 1, maxLength: 20 }), fc.nat(10), (uuids, at) => {
      for (const bytes of [...uuids, ...uuids]) {
        const text = Buffer.from(bytes).toString('base64url')
        const read = Buffer.concat([Buffer.alloc(at), bytes])
        expect(wire.readUuid(fast(read), at)).toBe(text)
        const written = Buffer.alloc(at + 16)
        wire.writeUuid(fast(written), text, at)
        expect(written).toEqual(read)
      }
    }),
  )
})

test('no id is sixteen zero bytes', () => {
  const written = Buffer.alloc(16, 0xff)
  wire.writeUuid(fast(written), ZERO_UUID, 0)
  expect(written).toEqual(Buffer.alloc(16))
  expect(wire.readUuid(fast(written), 0)).toBe(ZERO_UUID)
})

test.each(['', 'A'.repeat(21), 'A'.repeat(23), '0a141e28-323c-4650-9a64', '!'.repeat(22)])(
  'what is no uuid is not written: %j',
  (text) => {
    expect(() => wire.writeUuid(fast(Buffer.alloc(16)), text, 0)).toThrow(TypeError)
  },
)

/** Every Buffer has the undocumented methods, which its type does not list. */
function fast(buffer: Buffer) {
  return buffer as Parameters<typeof wire.readUuid>[0]
}
