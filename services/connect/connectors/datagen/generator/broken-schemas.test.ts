// Schemas that people may paste by mistake: each with where it is wrong and what is told.

import { describe, expect, it } from 'vitest'
import { parseSchema } from './parse-schema.ts'

const field = (type: unknown, name = 'x'): string =>
  JSON.stringify({ type: 'record', name: 'r', fields: [{ name, type }] })
const annotated = (type: string, properties: unknown): string =>
  field({ type, 'arg.properties': properties })

const broken: readonly (readonly [schema: string, path: string, problem: string])[] = [
  // Text
  ['', '', 'there is no schema.'],
  ['{"type": "record",', '', 'the name of a member in double quotes is expected.'],
  ["{'type': 'record'}", '', 'this is not JSON: texts need double quotes.'],
  ['{"type": "record"} "more"', '', 'the schema has ended, but more text follows.'],
  ['['.repeat(5000), '', 'the schema is nested more than 100 deep.'],
  // Avro
  ['"string"', '', "the schema of a topic's records must be a record, and not string."],
  ['{"name": "r"}', 'r', 'a schema needs a "type".'],
  ['{"type": "record", "fields": []}', '', 'a record, enum or fixed needs a "name".'],
  ['{"type": "record", "name": "r"}', 'r', 'a record needs "fields", a list.'],
  ['{"type":"record","name":"2r","fields":[]}', '2r', '"2r" is no name'],
  [field('strng'), 'r.x', 'there is no type "strng"'],
  [field('Int'), 'r.x', 'there is no type "Int": write "int".'],
  [field('date'), 'r.x', 'write {"type": "int", "logicalType": "date"}.'],
  [field(null), 'r.x', 'null is no type: write "null".'],
  [field(['null', 5]), 'r.x', 'a type is a text, an object or a list.'],
  ['42', '', 'a type is a text, an object or a list.'],
  [field(undefined), 'r.x', 'a field needs a "type".'],
  [field('int', 'order-id'), 'r.order-id', '"order-id" is no name of a field'],
  [field({ type: ['null', 'int'] }), 'r.x', 'the "type" of a schema is a text'],
  [field(['null', 'null']), 'r.x', 'the union contains "null" twice.'],
  [field([]), 'r.x', 'a union needs at least one branch.'],
  [field({ type: 'enum', name: 'e', symbols: ['a b'] }), 'r.x', 'the symbol "a b" is no name'],
  [
    field({ type: 'enum', name: 'e', symbols: ['a', 'a'] }),
    'r.x',
    'the enum has the symbol "a" twice.',
  ],
  [
    field({ type: 'enum', name: 'e', symbols: [null] }),
    'r.x',
    '"symbols" must be a list of texts.',
  ],
  [field({ type: 'enum', name: 'e' }), 'r.x', 'an enum needs "symbols"'],
  [field({ type: 'fixed', name: 'f', size: -1 }), 'r.x', 'a fixed needs a "size"'],
  [field({ type: 'array' }), 'r.x', 'an array needs "items"'],
  [field({ type: 'map' }), 'r.x', 'a map needs "values"'],
  [field({ type: 'record', name: 'r', fields: [] }), 'r.x', 'the type r is defined twice'],
  [
    '{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}',
    'r.a',
    'the record has two fields called "a".',
  ],
  [
    '{"type":"record","name":"r","fields":[{"name":"a","type":"int","default":"no"}]}',
    'r.a',
    'the default is no value of the type of its field.',
  ],
  // arg.properties
  [
    annotated('int', [1]),
    'r.x',
    'arg.properties property must be given as object, was java.util.ArrayList instead',
  ],
  [annotated('int', { options: [] }), 'r.x', 'options property cannot be empty'],
  [annotated('int', { options: 5 }), 'r.x', 'options prop must be an array or an object'],
  [
    annotated('int', { options: ['1'] }),
    'r.x',
    "Invalid option for int schema: type java.lang.String, value '1'",
  ],
  [
    annotated('int', { options: [3_000_000_000] }),
    'r.x',
    "Invalid option for int schema: type java.lang.Long, value '3000000000'",
  ],
  [
    annotated('string', { options: ['a'], regex: 'a' }),
    'r.x',
    'Cannot specify regex prop when options prop is given',
  ],
  [
    annotated('int', { iteration: { start: 0 }, range: { min: 0 } }),
    'r.x',
    'Cannot specify range prop when iteration prop is given',
  ],
  [annotated('int', { iteration: {} }), 'r.x', 'iteration property must contain start field'],
  [
    annotated('int', { iteration: { start: 0, step: 0 } }),
    'r.x',
    'step field of iteration property cannot be zero',
  ],
  [
    annotated('int', { iteration: { start: 1, restart: 1 } }),
    'r.x',
    'start and restart fields of iteration property cannot be equal',
  ],
  [
    annotated('long', { iteration: { start: 0, restart: 9, step: -1 } }),
    'r.x',
    'step field of iteration property must be positive when restart field is greater than start field',
  ],
  [
    annotated('double', { iteration: { start: 9, restart: 0, step: 1 } }),
    'r.x',
    'step field of iteration property must be negative when restart field is less than start field',
  ],
  [
    annotated('boolean', { iteration: { start: true, step: 1 } }),
    'r.x',
    'iteration property cannot contain step field for a boolean schema',
  ],
  [
    annotated('bytes', { iteration: { start: 1 } }),
    'r.x',
    'iteration property can only be specified on numeric, boolean or string schemas, not bytes schema',
  ],
  [
    annotated('int', { range: { min: 5, max: 5 } }),
    'r.x',
    "'min' field must be strictly less than 'max' field in range property",
  ],
  [
    annotated('int', { range: { min: 0.5 } }),
    'r.x',
    "'min' field of range property must be an integral number, was java.lang.Double instead",
  ],
  [
    annotated('int', { range: { max: 2 ** 31 } }),
    'r.x',
    "'max' field of range property must be a valid int for int schemas",
  ],
  [
    annotated('float', { range: { max: 1e39 } }),
    'r.x',
    "'max' field of range property must be a valid float for float schemas",
  ],
  [annotated('double', { range: 1 }), 'r.x', 'range prop must be an object, was java.lang.Integer'],
  [
    annotated('string', { length: -1 }),
    'r.x',
    'when given as integral number, length property cannot be negative',
  ],
  [
    annotated('string', { length: {} }),
    'r.x',
    "length property must contain at least one of 'min' or 'max' fields when given as object",
  ],
  [
    annotated('string', { length: { min: 4, max: 4 } }),
    'r.x',
    'max field must be strictly greater than min field for length property',
  ],
  [
    annotated('string', { length: 'long' }),
    'r.x',
    'length property must either be an integral number or an object, was java.lang.String instead',
  ],
  [annotated('string', { regex: 5 }), 'r.x', 'regex property must be a string'],
  [
    annotated('string', { regex: '(a' }),
    'r.x',
    'regex property cannot be used: Unterminated group',
  ],
  [
    annotated('string', { regex: 'a(?=b)' }),
    'r.x',
    'regex property cannot be used: it looks ahead',
  ],
  [annotated('string', { prefix: 5 }), 'r.x', 'prefix property must be a string'],
  [annotated('boolean', { odds: 1.5 }), 'r.x', 'odds property must be in the range [0.0, 1.0]'],
  [
    JSON.stringify({
      type: 'record',
      name: 'r',
      fields: [],
      'arg.properties': { options: { file: '/etc/passwd', encoding: 'json' } },
    }),
    'r',
    'options property cannot be read from a file here',
  ],
  [
    '{"type":"record","name":"r","fields":[{"name":"x","type":"int"}],"arg.properties":{"options":[{}]}}',
    'r',
    'Invalid option for record schema: the field x is missing and has no default',
  ],
  // What would not end
  [field('r'), 'r', 'the record r contains itself without end'],
  [
    field({ type: 'array', items: 'r', 'arg.properties': { length: 1 } }),
    'r',
    'the record r contains itself without end',
  ],
  [annotated('string', { length: 2 ** 31 - 1 }), 'r', 'even the smallest record could take'],
  [
    field({
      type: 'array',
      items: { type: 'array', items: 'int', 'arg.properties': { length: 1000 } },
      'arg.properties': { length: 1000 },
    }),
    'r',
    'even the smallest record could take',
  ],
  [
    annotated('string', { regex: '(a{1000}){1000}' }),
    'r.x',
    'regex property cannot be used: its texts could have more than 40000 characters and groups',
  ],
]

describe('a broken schema is refused with the place and the reason', () => {
  it.each(broken)('%#: %s', (text, path, problem) => {
    const parsed = parseSchema(text)
    if (parsed.ok) throw new Error('It was accepted.')
    expect(parsed.message).toMatch(/^Unable to parse the provided schema\. Line \d+, column \d+/)
    expect(parsed.message).toContain(problem)
    expect(parsed.path).toBe(path)
  })
})

describe('the place', () => {
  it('is the line and column where the wrong part begins', () => {
    const text =
      '{\n  "type": "record", "name": "r",\n  "fields": [{"name": "x", "type": "strng"}]\n}'
    expect(parseSchema(text)).toMatchObject({ ok: false, line: 3, column: 36, path: 'r.x' })
  })

  it('names fields in nested records', () => {
    const inner = { type: 'record', name: 'i', fields: [{ name: 'deep', type: 'nothing' }] }
    expect(parseSchema(field(inner))).toMatchObject({ ok: false, path: 'r.x.deep' })
  })
})
