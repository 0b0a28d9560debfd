// Whatever is pasted: reading it never throws, and what is accepted makes records.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGenerator } from './generator.ts'
import { toJson } from './json.ts'
import { keyText } from './key-text.ts'
import { parseSchema } from './parse-schema.ts'
import { avroRecords } from './testing/avro-records.ts'
import { recordWeightMax } from './weights.ts'

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    'null',
    'string',
    'record',
    'f0',
    'r0',
    '__proto__',
    'constructor',
    [],
    {},
    [[]],
    [null],
    { type: 'r0' },
    { min: 1 },
    { start: 0, restart: 5, step: 2 },
    { regex: '(a|b)*' },
    { options: ['a', 1, null] },
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const names = fc.constantFrom(
  ...'type name namespace fields items values symbols size default aliases order doc logicalType'.split(
    ' ',
  ),
  ...'precision scale arg.properties options iteration range length regex prefix keys odds'.split(
    ' ',
  ),
  ...'min max start restart step initial 0 1 f0 __proto__'.split(' '),
)

/** The schema with some members, wherever they are, replaced or added. */
const broken = fc
  .tuple(avroRecords, fc.array(fc.tuple(fc.nat(), names, strange), { minLength: 1, maxLength: 4 }))
  .map(([schema, changes]) => {
    const copy: object = JSON.parse(JSON.stringify(schema))
    for (const [place, name, value] of changes) {
      const parts = objectsIn(copy)
      // A copy: the same value in two places would make the schema contain itself.
      const added: unknown = JSON.parse(JSON.stringify(value))
      const part = parts[place % parts.length]
      if (part !== undefined)
        Object.defineProperty(part, name, {
          value: added,
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
    return JSON.stringify(copy)
  })

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objectsIn)]
}

function tryAll(text: string): boolean {
  const parsed = parseSchema(text)
  if (!parsed.ok) {
    expect(parsed.message).toMatch(/^Unable to parse the provided schema\. Line \d+, column \d+/)
    return false
  }
  const generator = createGenerator(parsed.schema, { seed: 1 })
  for (let count = 0; count < 2; count++) {
    const value = generator.next()
    const json = toJson(parsed.schema, value, { decimalFormat: 'NUMERIC' })
    JSON.parse(json)
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(recordWeightMax)
    for (const { name } of parsed.schema.root.fields) keyText(parsed.schema, value, name)
  }
  return true
}

describe('reading never throws', () => {
  it('whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void tryAll(text)))
  })

  it('whatever is wrong with a schema, and what is accepted makes records', () => {
    let accepted = 0
    fc.assert(
      fc.property(broken, (text) => {
        if (tryAll(text)) accepted++
      }),
      { numRuns: 400 },
    )
    expect(accepted).toBeGreaterThan(20)
  })
})
