// Schemas that people may paste: each with what its records look like in JSON.

import { describe, expect, it } from 'vitest'
import { createGenerator } from './generator.ts'
import { toJson } from './json.ts'
import { parseSchema } from './parse-schema.ts'

const record = (type: unknown): string => JSON.stringify(recordOf(type))
const recordOf = (type: unknown): unknown => ({
  type: 'record',
  name: 'r',
  fields: [{ name: 'x', type }],
})
const annotated = (type: unknown, properties: unknown): unknown =>
  typeof type === 'string'
    ? { type, 'arg.properties': properties }
    : { ...Object(type), 'arg.properties': properties }

const schemas: readonly (readonly [name: string, schema: string, json: RegExp])[] = [
  ['nothing but a type of Avro', record('int'), /^\{"x":-?\d+\}$/],
  [
    'comments and a leading block comment',
    '/* rides */ {"type":"record","name":"r", // a ride\n"fields":[{"name":"x","type":"null"}]}',
    /^\{"x":null\}$/,
  ],
  ['a byte order mark', `\uFEFF${record('null')}`, /^\{"x":null\}$/],
  [
    'an attribute that Avro does not know',
    '{"type":"record","name":"r","session":true,"fields":[{"name":"x","type":{"type":"boolean","session-sibling-int-hash":1,"arg.properties":{"distribution":"normal","odds":1}}}]}',
    /^\{"x":true\}$/,
  ],
  ['a record without fields', '{"type":"record","name":"r","fields":[]}', /^\{\}$/],
  [
    'options that are whole records, with defaults in the gaps',
    '{"type":"record","name":"r","arg.properties":{"options":[{"x":1},{"x":1,"y":"given"}]},"fields":[{"name":"x","type":"int"},{"name":"y","type":"string","default":"left"}]}',
    /^\{"x":1,"y":"(left|given)"\}$/,
  ],
  [
    'options of nested records',
    record({
      type: 'record',
      name: 'a',
      fields: [{ name: 'b', type: ['null', 'long'] }],
      'arg.properties': { options: [{ b: 'LONG' }, { b: null }] },
    }).replace('"LONG"', '9007199254740993'),
    /^\{"x":\{"b":(9007199254740993|null)\}\}$/,
  ],
  ['options of an int', record(annotated('int', { options: [3, 5] })), /^\{"x":[35]\}$/],
  [
    'options of an enum and of its bytes',
    record([annotated({ type: 'enum', name: 'e', symbols: ['A', 'B'] }, { options: ['B'] })]),
    /^\{"x":"B"\}$/,
  ],
  ['options of bytes', record(annotated('bytes', { options: ['hi'] })), /^\{"x":"aGk="\}$/],
  [
    'options of a fixed',
    record(annotated({ type: 'fixed', name: 'f', size: 2 }, { options: ['hi'] })),
    /^\{"x":"aGk="\}$/,
  ],
  [
    'options of an array',
    record(annotated({ type: 'array', items: 'string' }, { options: [['Game', 'News']] })),
    /^\{"x":\["Game","News"\]\}$/,
  ],
  [
    'options of a map',
    record(annotated({ type: 'map', values: 'string' }, { options: [{ city: 'Ukiah' }] })),
    /^\{"x":\{"city":"Ukiah"\}\}$/,
  ],
  [
    'an array of an exact length',
    record(annotated({ type: 'array', items: 'boolean' }, { length: 2 })),
    /^\{"x":\[(true|false),(true|false)\]\}$/,
  ],
  [
    'a map whose keys are made by an expression',
    record(
      annotated(
        { type: 'map', values: 'null' },
        { length: 1, keys: { regex: 'k[0-9]', suffix: '!' } },
      ),
    ),
    /^\{"x":\{"k[0-9]!":null\}\}$/,
  ],
  [
    'a map whose keys are options',
    record(
      annotated({ type: 'map', values: 'null' }, { length: 9, keys: { options: ['a', 'b'] } }),
    ),
    /^\{"x":\{("[ab]":null,?){1,2}\}\}$/,
  ],
  [
    'a text between a prefix and a suffix',
    record(annotated('string', { regex: '[a-c]{2}', prefix: '<', suffix: '>' })),
    /^\{"x":"<[a-c]{2}>"\}$/,
  ],
  [
    'an iteration in a text',
    record(annotated('string', { iteration: { start: 7 }, prefix: 'no ' })),
    /^\{"x":"no \d+"\}$/,
  ],
  [
    'a named type that is used twice, by its name and its full name',
    '{"type":"record","name":"r","namespace":"shop","fields":[{"name":"a","type":{"type":"record","name":"p","fields":[{"name":"v","type":"null"}]}},{"name":"b","type":"p"},{"name":"c","type":"shop.p"},{"name":"d","type":{"type":"p"}}]}',
    /^\{"a":\{"v":null\},"b":\{"v":null\},"c":\{"v":null\},"d":\{"v":null\}\}$/,
  ],
  [
    'a list that contains itself',
    '{"type":"record","name":"list","fields":[{"name":"next","type":["null","list"]}]}',
    /^(\{"next":)+null\}+$/,
  ],
  [
    'a decimal with a range',
    record(
      annotated(
        { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 },
        {
          range: { min: 10.5, max: 10.52 },
        },
      ),
    ),
    /^\{"x":10\.5[01]\}$/,
  ],
  [
    'a decimal without a precision, which Avro takes for bytes',
    record({ type: 'bytes', logicalType: 'decimal' }),
    /^\{"x":"[A-Za-z0-9+/]+={0,2}"\}$/,
  ],
  [
    'a date and a time',
    record(annotated({ type: 'int', logicalType: 'date' }, { range: { min: 18000, max: 18001 } })),
    /^\{"x":18000\}$/,
  ],
  [
    'names that mean something to JavaScript',
    '{"type":"record","name":"constructor","fields":[{"name":"__proto__","type":"null"},{"name":"class","type":{"type":"enum","name":"toString","symbols":["name"]}}]}',
    /^\{"__proto__":null,"class":"name"\}$/,
  ],
]

describe('a schema is read, and its records look like it', () => {
  it.each(schemas)('%s', (_name, text, json) => {
    const parsed = parseSchema(text)
    if (!parsed.ok) throw new Error(parsed.message)
    const generator = createGenerator(parsed.schema, { seed: 11 })
    for (let count = 0; count < 50; count++) {
      expect(toJson(parsed.schema, generator.next(), { decimalFormat: 'NUMERIC' })).toMatch(json)
    }
  })
})
