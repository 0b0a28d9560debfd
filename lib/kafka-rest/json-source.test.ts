import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactJson, itemSources, sourceAt } from './json-source.ts'

test('of any JSON, however it is spaced, the parts are found and mean the same', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.jsonValue(),
      fc.string(),
      fc.nat(4),
      (data, other, name, indent) => {
        fc.pre(name !== 'data' && name !== '__proto__')
        const text = JSON.stringify({ [name]: other, data, last: [data] }, null, indent)
        const source = sourceAt(text, ['data'])
        expect(compactJson(source ?? '')).toBe(JSON.stringify(data))
        expect(sourceAt(JSON.stringify({ value: { a: {}, data } }), ['value', 'data'])).toBe(
          JSON.stringify(data),
        )
      },
    ),
  )
})

test.each([
  { text: '{"data":1e2,"data" : -0.0 }', path: ['data'], source: '-0.0' },
  { text: '{ "\\u0064ata" :"a\\"}" }', path: ['data'], source: '"a\\"}"' },
  {
    text: '{"value":{"data":{"x": [ "}" ] }}}',
    path: ['value', 'data'],
    source: '{"x": [ "}" ] }',
  },
  { text: '{}', path: ['data'], source: null },
  { text: '{"value":[1]}', path: ['value', 'data'], source: null },
  { text: '{"data":null}', path: ['data'], source: 'null' },
])('$text at $path', ({ text, path, source }) => {
  expect(sourceAt(text, path)).toBe(source)
})

test('numbers, the order of names and spaces inside strings stay as they are', () => {
  const text =
    '{ "n" : 12345678901234567890.10 ,\n\t"2": 1, "1" :[ 1E2 , true ], "s": "a \\" b : c\\\\" }'
  expect(compactJson(text)).toBe(
    '{"n":12345678901234567890.10,"2":1,"1":[1E2,true],"s":"a \\" b : c\\\\"}',
  )
})

test('the items of any list are found, however it is spaced', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.nat(4), (items, indent) => {
      const found = itemSources(` ${JSON.stringify(items, null, indent)}`)
      expect(found.map(compactJson)).toEqual(items.map((item) => JSON.stringify(item)))
    }),
  )
})
