import { describe, expect, it } from 'vitest'
import { createGenerator } from './generator.ts'
import { type JsonFormat, toJson } from './json.ts'
import { hasField, keyText } from './key-text.ts'
import { parseSchema } from './parse-schema.ts'
import type { GeneratedValue, GeneratorSchema } from './schema-node.ts'

/** The only record of a schema whose field x has one value. */
function only(type: unknown): { schema: GeneratorSchema; value: GeneratedValue } {
  const text = typeof type === 'string' ? type : JSON.stringify(type)
  const parsed = parseSchema(
    `{"type":"record","name":"r","fields":[{"name":"x","type":${text}},{"name":"none","type":"null"}]}`,
  )
  if (!parsed.ok) throw new Error(parsed.message)
  return { schema: parsed.schema, value: createGenerator(parsed.schema, { seed: 1 }).next() }
}

const one = (type: string, option: string, more = ''): string =>
  `{"type":"${type}"${more},"arg.properties":{"options":[${option}]}}`
const timed = (type: string, logicalType: string, value: string): string =>
  one(type, value, `,"logicalType":"${logicalType}"`)
describe('a value', () => {
  it.each<[type: string, json: string, key: string | null]>([
    [one('int', '1528'), '1528', '1528'],
    [one('long', '9223372036854775807'), '9223372036854775807', '9223372036854775807'],
    [one('long', '-9223372036854775808'), '-9223372036854775808', '-9223372036854775808'],
    [one('boolean', 'true'), 'true', 'true'],
    [one('double', '1'), '1.0', '1.0'],
    [one('double', '0.001'), '0.001', '0.001'],
    [one('double', '0.0001'), '1.0E-4', '1.0E-4'],
    [one('double', '12345678.9'), '1.23456789E7', '1.23456789E7'],
    [one('double', '-7.1886285920682855'), '-7.1886285920682855', '-7.1886285920682855'],
    [one('double', '1e21'), '1.0E21', '1.0E21'],
    [one('float', '0.1'), '0.1', '0.1'],
    [one('float', '16777216'), '1.6777216E7', '1.6777216E7'],
    [one('string', '"a\\"é\\u0001"'), '"a\\"é\\u0001"', 'a"é\u0001'],
    [one('string', '""'), '""', ''],
    [one('bytes', '"hi"'), '"aGk="', 'aGk='],
    [one('enum', '"B"', ',"name":"e","symbols":["A","B"]'), '"B"', 'B'],
    ['"null"', 'null', null],
    [`[${one('int', '5')}]`, '5', '5'],
    [one('array', '[1,2]', ',"items":"int"'), '[1,2]', '[1, 2]'],
    [
      one('map', '{"k":1,"l":null}', ',"values":["null","int"]'),
      '{"k":1,"l":null}',
      '{k=1, l=null}',
    ],
    [
      one(
        'record',
        '{"itemid":"Item_3","none":null,"n":7}',
        ',"name":"i","fields":[{"name":"itemid","type":"string"},{"name":"none","type":"null"},{"name":"n","type":"long"}]',
      ),
      '{"itemid":"Item_3","none":null,"n":7}',
      'Struct{itemid=Item_3,n=7}',
    ],
    [timed('int', 'date', '18628'), '18628', 'Fri Jan 01 00:00:00 UTC 2021'],
    [timed('int', 'time-millis', '61000'), '61000', 'Thu Jan 01 00:01:01 UTC 1970'],
    [
      timed('long', 'timestamp-millis', '1609459200000'),
      '1609459200000',
      'Fri Jan 01 00:00:00 UTC 2021',
    ],
    [timed('long', 'timestamp-micros', '1609459200000000'), '1609459200000000', '1609459200000000'],
    [timed('string', 'uuid', '"a-b"'), '"a-b"', 'a-b'],
  ])('of %s is %s in JSON, and %s as a key', (type, json, key) => {
    const { schema, value } = only(type)
    const record = toJson(schema, value, { decimalFormat: 'BASE64' })
    expect(record).toBe(`{"x":${json},"none":null}`)
    expect(keyText(schema, value, 'x')).toBe(key)
  })

  it.each<[range: string, scale: number, JsonFormat['decimalFormat'], json: string]>([
    ['{"min":10,"max":10.01}', 2, 'NUMERIC', '10.00'],
    ['{"min":10,"max":10.01}', 2, 'BASE64', '"A+g="'],
    ['{"min":-0.05,"max":-0.04}', 2, 'NUMERIC', '-0.05'],
    ['{"min":-0.05,"max":-0.04}', 2, 'BASE64', '"+w=="'],
    ['{"min":1.28,"max":1.29}', 2, 'BASE64', '"AIA="'],
    ['{"min":-1.28,"max":-1.27}', 2, 'BASE64', '"gA=="'],
    [
      '{"min":12345678901234567890,"max":12345678901234567891}',
      0,
      'NUMERIC',
      '12345678901234567890',
    ],
    ['{"min":0,"max":0.01}', 2, 'NUMERIC', '0.00'],
  ])('of a decimal in %s with scale %d as %s is %s', (range, scale, decimalFormat, json) => {
    const { schema, value } = only(
      `{"type":"bytes","logicalType":"decimal","precision":20,"scale":${scale},"arg.properties":{"range":${range}}}`,
    )
    expect(toJson(schema, value, { decimalFormat })).toBe(`{"x":${json},"none":null}`)
  })
})

describe('a key field', () => {
  it('may be any field of the record, and only those', () => {
    const { schema, value } = only('"null"')
    expect([hasField(schema, 'x'), hasField(schema, 'y'), hasField(schema, 'constructor')]).toEqual(
      [true, false, false],
    )
    expect(keyText(schema, value, null)).toBeNull()
  })
})
