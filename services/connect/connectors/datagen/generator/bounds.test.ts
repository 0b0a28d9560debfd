// Schemas that describe more than fits: records stay bounded, and so does what making them takes.

import { describe, expect, it } from 'vitest'
import { createGenerator } from './generator.ts'
import { toJson } from './json.ts'
import { parseSchema } from './parse-schema.ts'
import { recordWeightMax } from './weights.ts'

const field = (type: unknown, name = 'x'): unknown => ({ name, type })
const record = (...fields: unknown[]): unknown => ({ type: 'record', name: 'r', fields })
const annotated = (type: string, properties: unknown, more: object = {}): unknown => ({
  type,
  ...more,
  'arg.properties': properties,
})
const boundless = { length: { min: 0 } }

describe('a record is never larger than its limit', () => {
  it.each<[string, unknown]>([
    ['a text without a largest length', record(field(annotated('string', boundless)))],
    ['bytes without a largest length', record(field(annotated('bytes', boundless)))],
    [
      'an array without a largest length',
      record(field(annotated('array', boundless, { items: 'long' }))),
    ],
    [
      'a map without a largest length',
      record(field(annotated('map', boundless, { values: 'long' }))),
    ],
    [
      'arrays in arrays in arrays',
      record(
        field(
          annotated(
            'array',
            { length: { max: 1000 } },
            {
              items: annotated(
                'array',
                { length: { max: 1000 } },
                {
                  items: annotated('array', { length: { max: 1000 } }, { items: 'string' }),
                },
              ),
            },
          ),
        ),
      ),
    ],
    [
      'a tree without leaves that are likely',
      record(field(annotated('array', { length: { max: 20 } }, { items: 'r' }))),
    ],
    [
      'a tree of many branches',
      record(field(['null', 'r'], 'a'), field(['null', 'r'], 'b'), field(['null', 'r'], 'c')),
    ],
    [
      'a list that is likely to go on',
      record(
        field([
          'null',
          ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => ({
            type: 'record',
            name,
            fields: [field('r')],
          })),
        ]),
      ),
    ],
    [
      'an expression with all characters in escapes',
      record(field(annotated('string', { regex: '[\\u0001-\\u0005]*', length: { max: 40_000 } }))),
    ],
    [
      'decimals of many zeros',
      record(
        field(
          annotated(
            'array',
            { length: { max: 20_000 } },
            {
              items: annotated(
                'bytes',
                { range: { min: 0, max: 1e-300 } },
                {
                  logicalType: 'decimal',
                  precision: 1000,
                  scale: 1000,
                },
              ),
            },
          ),
        ),
      ),
    ],
    [
      'many expressions that may be long',
      record(
        ...Array.from({ length: 50 }, (_, at) =>
          field(annotated('string', { regex: '[a-z]{0,20000}' }), `x${at}`),
        ),
      ),
    ],
  ])('%s', (_name, schema) => {
    const parsed = parseSchema(JSON.stringify(schema))
    if (!parsed.ok) throw new Error(parsed.message)
    const generator = createGenerator(parsed.schema, { seed: 9 })
    for (let count = 0; count < 8; count++) {
      const json = toJson(parsed.schema, generator.next(), { decimalFormat: 'NUMERIC' })
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(recordWeightMax)
      JSON.parse(json)
    }
  })
})

describe('a schema that would take forever is read at once', () => {
  /** Each record contains the one before twice: the last would have 2^60 fields. */
  const doubling = record(
    field({ type: 'record', name: 'r0', fields: [] }, 'x0'),
    ...Array.from({ length: 60 }, (_, level) =>
      field(
        {
          type: 'record',
          name: `r${level + 1}`,
          fields: [field(`r${level}`, 'a'), field(`r${level}`, 'b')],
        },
        `x${level + 1}`,
      ),
    ),
  )
  const one = (type: string, properties: string): string =>
    `{"type":"record","name":"r","fields":[{"name":"x","type":{"type":"${type}","arg.properties":${properties}}}]}`

  it.each<[string, string, string]>([
    ['a million brackets', '['.repeat(1_000_000), 'nested more than 100 deep'],
    ['records that double', JSON.stringify(doubling), 'even the smallest record'],
    ['an exponent', one('double', '{"iteration":{"start":1e-99999999}}'), 'accepted'],
    [
      'a decimal of many digits',
      one('double', `{"range":{"min":0.${'1'.repeat(9000)}}}`),
      'accepted',
    ],
    ['digits', one('long', `{"range":{"min":${'9'.repeat(9000)}}}`), 'must be a valid long'],
  ])('%s', (_name, text, outcome) => {
    const parsed = parseSchema(text)
    expect(parsed.ok ? 'accepted' : parsed.message).toContain(outcome)
  })
})
