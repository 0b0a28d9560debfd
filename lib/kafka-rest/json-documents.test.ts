import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDocumentCutter } from './json-documents.ts'
import { bodyLimits } from './limits.ts'
import { createShares, type Share } from './shares.ts'

const plenty = 1024 * 1024 * 1024

/** A share of a cluster that is alone, and what is still taken of it. */
function countingShare(bytesMax: number): Share & { readonly taken: () => number } {
  const share = createShares(2 * bytesMax).of('lkc-1')
  let taken = 0
  return {
    take(bytes) {
      const isThere = share.take(bytes)
      if (isThere) taken += bytes
      return isThere
    },
    give(bytes) {
      share.give(bytes)
      taken -= bytes
    },
    taken: () => taken,
  }
}

function cutAll(bytes: Buffer, pieceBytes: number) {
  const cutter = createDocumentCutter(countingShare(plenty))
  const found = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    found.push(...cutter.push(bytes.subarray(at, at + pieceBytes)))
  }
  found.push(...cutter.end())
  cutter.close()
  return found
}

test('documents are found however they are spaced and wherever they are cut', () => {
  const space = fc.constantFrom('', ' ', '\n', '\r\n\t')
  const document = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), space, fc.nat(2))
  fc.assert(
    fc.property(fc.array(document), fc.integer({ min: 1, max: 40 }), (documents, pieceBytes) => {
      const texts = documents.map(([value, , indent]) => JSON.stringify(value, null, indent))
      const body = documents.map(([, before], i) => before + texts[i]).join('')
      const found = cutAll(Buffer.from(body), pieceBytes)
      expect(found.map((one) => ('text' in one ? one.text : one.error))).toEqual(texts)
    }),
  )
})

test.each([
  { what: 'a list', body: '[{}]', message: 'begins with' },
  { what: 'a comma between records', body: '{},{}', message: 'begins with' },
  { what: 'an end within a string', body: '{"a":"}', message: 'cut off' },
  { what: 'brackets without end', body: '{"a":'.repeat(2000), message: '1000 deep' },
  { what: 'bytes that are no text', body: Buffer.from('7b22ff227d', 'hex'), message: 'UTF-8' },
])('$what ends the stream, and says why', ({ body, message }) => {
  const found = cutAll(Buffer.from(body), 7)
  const last = found.at(-1)
  expect(last).toMatchObject({ error: { status: 400, message: expect.stringContaining(message) } })
  expect(found.filter((one) => 'error' in one)).toHaveLength(1)
})

test('after an error nothing more is found', () => {
  const cutter = createDocumentCutter(countingShare(plenty))
  expect(cutter.push(Buffer.from('{} ? {}'))).toHaveLength(2)
  expect(cutter.push(Buffer.from('{}'))).toEqual([])
  expect(cutter.end()).toEqual([])
})

test('a record that is too large is refused, whether it comes in pieces or at once', () => {
  const body = Buffer.from(`{"a":"${'x'.repeat(bodyLimits.recordBytesMax)}"}`)
  for (const pieceBytes of [1_000_000, body.length]) {
    expect(cutAll(body, pieceBytes)).toMatchObject([{ error: { status: 413 } }])
  }
})

test('what arrives in pieces is bounded, and counts until whoever has it is done with it', () => {
  const share = countingShare(1000)
  const [one, other] = [createDocumentCutter(share), createDocumentCutter(share)]
  const begin = Buffer.from(`{"a":"${'x'.repeat(700)}`)
  expect(one.push(begin)).toEqual([])
  expect(other.push(begin)).toMatchObject([{ error: { status: 429 } }])
  expect(one.push(Buffer.from('"}{}'))).toMatchObject([
    { sizeBytes: begin.length + 2, heldBytes: begin.length },
    { sizeBytes: 2, heldBytes: 0 },
  ])
  one.close()
  expect(share.taken()).toBe(begin.length)
  share.give(begin.length)
  const third = createDocumentCutter(share)
  third.push(Buffer.from('{"a":'))
  expect(share.taken()).toBe(5)
  third.close()
  expect(share.taken()).toBe(0)
})
