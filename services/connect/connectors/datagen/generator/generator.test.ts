import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGenerator } from './generator.ts'
import { toJson } from './json.ts'
import { parseSchema } from './parse-schema.ts'
import type { GeneratorSchema } from './schema-node.ts'
import { avroRecords } from './testing/avro-records.ts'

const base64 = { decimalFormat: 'BASE64' } as const

function schemaOf(schema: unknown): GeneratorSchema {
  const parsed = parseSchema(JSON.stringify(schema))
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.schema
}

/** A schema of one field x. */
function fieldOf(type: string, properties: unknown): GeneratorSchema {
  return schemaOf({
    type: 'record',
    name: 'r',
    fields: [{ name: 'x', type: { type, 'arg.properties': properties } }],
  })
}

function records(schema: GeneratorSchema, count: number, seed = 1): string[] {
  const generator = createGenerator(schema, { seed })
  return Array.from({ length: count }, () => toJson(schema, generator.next(), base64))
}

/** The field x of records, as JavaScript's numbers and texts. */
function values(schema: GeneratorSchema, count: number): unknown[] {
  return records(schema, count).map((record) => JSON.parse(record).x)
}

/** The field x as it is written. */
function texts(schema: GeneratorSchema, count: number): string[] {
  return records(schema, count).map((record) => record.slice('{"x":'.length, -1))
}

describe('any schema', () => {
  it('makes the same records of the same seed, and others of another', () => {
    const schema = fieldOf('long', {})
    expect(records(schema, 20, 5)).toEqual(records(schema, 20, 5))
    expect(records(schema, 20, 5)).not.toEqual(records(schema, 20, 6))
  })

  it('goes on after n records as if it had never stopped', () => {
    fc.assert(
      fc.property(avroRecords, fc.nat(12), fc.integer(), (avro, before, seed) => {
        const schema = schemaOf(avro)
        const whole = createGenerator(schema, { seed })
        for (let count = 0; count < before; count++) whole.next()
        const resumed = createGenerator(schema, {
          seed,
          iteration: before,
          counters: whole.counters(),
        })
        for (let count = 0; count < 3; count++) {
          expect(toJson(schema, resumed.next(), base64)).toBe(toJson(schema, whole.next(), base64))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('makes JSON of every record', () => {
    fc.assert(
      fc.property(avroRecords, fc.constantFrom('BASE64', 'NUMERIC'), (avro, decimalFormat) => {
        const schema = schemaOf(avro)
        const generator = createGenerator(schema, { seed: 3 })
        for (let count = 0; count < 5; count++) {
          const record = JSON.parse(toJson(schema, generator.next(), { decimalFormat }))
          expect(Object.keys(record)).toEqual(schema.root.fields.map(({ name }) => name))
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('a range', () => {
  it('includes its min and excludes its max, for ints', () => {
    expect(new Set(values(fieldOf('int', { range: { min: -2, max: 2 } }), 500))).toEqual(
      new Set([-2, -1, 0, 1]),
    )
  })

  it('draws every value about as often', () => {
    const counts = new Map<unknown, number>()
    for (const value of values(fieldOf('int', { range: { min: 0, max: 10 } }), 10_000)) {
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    // Six standard deviations of a fair draw: sqrt(10000 × 0.1 × 0.9) = 30.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(180)
    expect(counts.size).toBe(10)
  })

  it('holds for longs that a double does not keep', () => {
    const schema = schemaOf(
      JSON.parse(
        '{"type":"record","name":"r","fields":[{"name":"x","type":{"type":"long","arg.properties":{"range":{"min":0}}}}]}',
      ),
    )
    const parsed = parseSchema(
      '{"type":"record","name":"r","fields":[{"name":"x","type":{"type":"long","arg.properties":{"range":{"min":9007199254740993,"max":9007199254740996}}}}]}',
    )
    if (!parsed.ok) throw new Error(parsed.message)
    expect(new Set(texts(parsed.schema, 200))).toEqual(
      new Set(['9007199254740993', '9007199254740994', '9007199254740995']),
    )
    expect(texts(schema, 200).some((text) => text.length === 19)).toBe(true)
    expect(texts(schema, 200).some((text) => text.startsWith('-'))).toBe(false)
  })

  it.each([
    ['double', 0.1, 10],
    ['double', -1e308, 1e308],
    ['float', 1, 1.0000002],
    ['float', -5, 5],
  ])('of a %s from %d to %d is kept', (type, min, max) => {
    for (const value of values(fieldOf(type, { range: { min, max } }), 500)) {
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThan(max)
    }
  })

  it('has the bounds of its type where one is missing', () => {
    const low = values(fieldOf('int', { range: { max: 0 } }), 300)
    expect(low.every((value) => Number(value) < 0 && Number(value) >= -(2 ** 31))).toBe(true)
    expect(low.some((value) => Number(value) < -(2 ** 30))).toBe(true)
  })
})

describe('an iteration', () => {
  it.each<[string, unknown, unknown[]]>([
    ['int', { start: 1 }, [1, 2, 3]],
    ['int', { start: 1000, step: 2 }, [1000, 1002, 1004]],
    ['int', { start: 0, restart: 3 }, [0, 1, 2, 0, 1]],
    ['int', { start: 0, restart: 5, step: 2 }, [0, 2, 4, 1, 3, 0]],
    ['int', { start: 3, restart: 0 }, [3, 2, 1, 3, 2]],
    ['int', { start: 0, step: -2 }, [0, -2, -4]],
    ['int', { start: 0, restart: 4, initial: 2 }, [2, 3, 0, 1]],
    ['int', { start: 2147483646 }, [2147483646, 2147483646]],
    ['long', { start: 1609459200000, step: 100000 }, [1609459200000, 1609459300000]],
    ['double', { start: 0 }, [0, 1, 2]],
    ['double', { start: 0, step: 0.1 }, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    ['float', { start: 1, restart: 2, step: 0.25 }, [1, 1.25, 1.5, 1.75, 1]],
    ['int', { start: 0, restart: 3, initial: 5 }, [5, 0, 1, 2, 0]],
    ['int', { start: 10, restart: 12, initial: 8 }, [8, 9, 10, 11, 10]],
    ['int', { start: 50, restart: -10, initial: 40 }, [40, 39, 38]],
    ['long', { start: -50, restart: 100, step: 47, initial: 0 }, [0, 47, 94, -9]],
    ['float', { start: 10.4, step: 5.1, initial: 0 }, [0, 5.1, 10.2, 15.3]],
    ['float', { start: 1e38, step: 2e38 }, [1e38, 3e38, 2.5971765e38]],
    ['double', { start: 0, restart: 10, step: 27.3, initial: 5 }, [5, 2.3, 9.6]],
    ['boolean', { start: true }, [true, false, true]],
    ['string', { start: 1, step: 10 }, ['1', '11', '21']],
  ])('of a %s with %j', (type, iteration, expected) => {
    expect(values(fieldOf(type, { iteration }), expected.length)).toEqual(expected)
  })

  it('counts for each field, also where two are written alike', () => {
    const type = { type: 'int', 'arg.properties': { iteration: { start: 0 } } }
    const fields = ['a', 'b'].map((name) => ({ name, type: { ...type } }))
    const schema = schemaOf({ type: 'record', name: 'r', fields })
    expect(records(schema, 2)).toEqual(['{"a":0,"b":0}', '{"a":1,"b":1}'])
    expect(createGenerator(schema, { seed: 1 }).counters()).toBeNull()
  })

  it('counts on wherever its type is used', () => {
    const inner = {
      type: 'record',
      name: 'i',
      fields: [{ name: 'n', type: { type: 'int', 'arg.properties': { iteration: { start: 0 } } } }],
    }
    const fields = [
      { name: 'a', type: inner },
      { name: 'b', type: 'i' },
    ]
    const schema = schemaOf({ type: 'record', name: 'r', fields })
    expect(records(schema, 2)).toEqual(['{"a":{"n":0},"b":{"n":1}}', '{"a":{"n":2},"b":{"n":3}}'])
    expect(createGenerator(schema, { seed: 1 }).counters()).toEqual([0])
  })

  it('of a long goes on after more records than fit into an int', () => {
    const schema = fieldOf('long', { iteration: { start: 5, step: 3 } })
    const generator = createGenerator(schema, { seed: 1, iteration: 2 ** 40 })
    expect(toJson(schema, generator.next(), base64)).toBe(`{"x":${5 + 3 * 2 ** 40}}`)
  })
})

describe('chance', () => {
  it('follows odds', () => {
    expect(new Set(values(fieldOf('boolean', { odds: 1 }), 200))).toEqual(new Set([true]))
    expect(new Set(values(fieldOf('boolean', { odds: 0 }), 200))).toEqual(new Set([false]))
    const often = values(fieldOf('boolean', { odds: 0.9 }), 5000).filter(Boolean).length
    // Six standard deviations: sqrt(5000 × 0.9 × 0.1) = 21.
    expect(Math.abs(often - 4500)).toBeLessThan(127)
  })

  it('chooses every option and every branch of a union', () => {
    expect(new Set(values(fieldOf('string', { options: ['a', 'b', 'c'] }), 200)).size).toBe(3)
    const union = schemaOf({
      type: 'record',
      name: 'r',
      fields: [{ name: 'x', type: ['null', 'boolean', 'int'] }],
    })
    expect(new Set(values(union, 200).map((value) => typeof value)).size).toBe(3)
  })
})

describe('lengths', () => {
  it.each<[unknown, number, number]>([
    [{}, 8, 15],
    [{ length: 3 }, 3, 3],
    [{ length: 0 }, 0, 0],
    [{ length: { min: 2, max: 5 } }, 2, 4],
    [{ length: { max: 3 } }, 0, 2],
  ])('of texts with %j are from %d to %d, and all of these', (properties, least, most) => {
    const lengths = values(fieldOf('string', properties), 500).map((text) => String(text).length)
    expect(Math.min(...lengths)).toBe(least)
    expect(Math.max(...lengths)).toBe(most)
    expect(new Set(lengths).size).toBe(most - least + 1)
  })

  it('of bytes are those before base64', () => {
    const sizes = values(fieldOf('bytes', { length: { min: 1, max: 4 } }), 200).map(
      (text) => Buffer.from(String(text), 'base64').length,
    )
    expect(new Set(sizes)).toEqual(new Set([1, 2, 3]))
  })

  it('of arrays and maps are 8 to 15 where nothing is said', () => {
    const arrays = schemaOf({
      type: 'record',
      name: 'r',
      fields: [{ name: 'x', type: { type: 'array', items: 'null' } }],
    })
    const lengths = values(arrays, 300).map((items) => (Array.isArray(items) ? items.length : -1))
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([8, 15])
  })
})
