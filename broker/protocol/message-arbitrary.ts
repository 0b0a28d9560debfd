/** Arbitrary values of any declared message, for property tests. */
import fc from 'fast-check'
import { defaultValue } from './layout.ts'
import { type Field, type Fields, includes, type Message, ZERO_UUID } from './schema.ts'

/**
 * Complete values as decoding gives them: fields that the version lacks have their defaults.
 * Encoding one and decoding the bytes must give the same value back.
 */
export function arbitraryMessage(message: Message, version: number): fc.Arbitrary<unknown> {
  return arbitraryStruct(message.fields, version)
}

function arbitraryStruct(fields: Fields, version: number): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, arbitraryField(field, version)]),
    ),
    { noNullPrototype: true },
  )
}

function arbitraryField(field: Field, version: number): fc.Arbitrary<unknown> {
  if (field.versions !== undefined && !includes(field.versions, version)) {
    return fc.constant(defaultValue(field))
  }
  const value = arbitraryValue(field, version)
  const nullable = field.nullable !== undefined && includes(field.nullable, version)
  const withDefault =
    field.tag === undefined ? value : fc.oneof(value, fc.constant(defaultValue(field)))
  return nullable ? fc.option(withDefault, { nil: null }) : withDefault
}

function arbitraryValue(field: Field, version: number): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'bool':
      return fc.boolean()
    case 'int8':
      return fc.integer({ min: -0x80, max: 0x7f })
    case 'int16':
      return fc.integer({ min: -0x8000, max: 0x7fff })
    case 'int32':
      return fc.integer()
    case 'int64':
      return fc.oneof(fc.integer(), fc.maxSafeInteger())
    case 'float64':
      return fc.double()
    case 'string':
      return fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 200 }))
    case 'uuid':
      return fc.oneof(fc.constant(ZERO_UUID), bytes(16, 16).map(toBase64Url))
    case 'bytes':
      return bytes(0, 300)
    case 'records':
      return fc.oneof(
        fc.constant([]),
        bytes(1, 300).map((b) => [b]),
      )
    case 'array':
      return field.element === undefined
        ? fc.constant([])
        : fc.array(arbitraryValue(field.element, version), { maxLength: 4 })
    case 'struct':
      return arbitraryStruct(field.fields ?? {}, version)
  }
}

/** Buffers, because that is what decoding gives, and equality looks at the prototype. */
function bytes(minLength: number, maxLength: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array))
}

function toBase64Url(bytes: Buffer): string {
  return bytes.toString('base64url')
}
