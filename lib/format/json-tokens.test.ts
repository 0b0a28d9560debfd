import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePieces, jsonLines, jsonTokens, prettyJson } from './json-tokens.ts'

test('numbers keep every digit that was written', () => {
  const text = '{"id":9007199254740993,"price":0.1000000000000000055511,"big":1E400,"n":-0.0}'
  expect(prettyJson(text)).toBe(`{
  "id": 9007199254740993,
  "price": 0.1000000000000000055511,
  "big": 1E400,
  "n": -0.0
}`)
})

test('any JSON is indented as JSON.stringify would, where no digit is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.stringify(value)
      const again = JSON.parse(plain)
      expect(prettyJson(plain)).toBe(JSON.stringify(again, null, 2))
    }),
  )
})

test('keys, strings, numbers and words are told apart', () => {
  const kinds = jsonTokens('{"a":"b{:,","c":[1,null]}')?.filter(
    ({ kind }) => kind !== 'punctuation',
  )
  expect(kinds?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'key "a"',
    'string "b{:,"',
    'key "c"',
    'number 1',
    'keyword null',
  ])
})

test.each(['', '{', '{a:1}', '01', 'NaN', "{'a':1}", '1 2'])('%j is no JSON', (text) => {
  expect(jsonLines(text)).toBeNull()
  expect(jsonTokens(text)).toBeNull()
})

test('the pieces of what is being typed are all of it, JSON or not yet', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.nat(), (text, at) => {
      const typed = text.slice(0, at % (text.length + 1))
      expect(
        codePieces(typed)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(typed)
    }),
  )
  const kinds = codePieces('{\n  "id" : 18, "half').map(({ kind, text }) => `${kind} ${text}`)
  expect(kinds).toContain('key "id"')
  expect(kinds).toContain('number 18')
  expect(kinds.at(-1)).toBe('punctuation  "half')
})
