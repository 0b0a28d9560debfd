import type { AvroRecord, AvroType } from '../avro-schema.ts'
import type { ExpectedField, ExpectedFields } from './expected-field.ts'

/** What is wrong with names and types of a template's schema, as sentences. */
export function problemsOfSchema(schema: AvroRecord, fields: ExpectedFields): readonly string[] {
  return Object.entries(fields).flatMap(([name, expected]) => {
    const field = schema.fields.find((candidate) => candidate.name === name)
    if (field === undefined) return [`${schema.name}.${name} is not there`]
    const undocumented = 'documented' in expected && (field.doc ?? '') === ''
    return [
      ...problemsOfType(field.type, expected, `${schema.name}.${name}`),
      ...(undocumented ? [`${schema.name}.${name} does not say what it is`] : []),
    ]
  })
}

function problemsOfType(type: AvroType, expected: ExpectedField, at: string): readonly string[] {
  const whole = typeof type === 'string' ? { type } : type
  if (whole.type !== expected.type) return [`${at} is ${whole.type}, not ${expected.type}`]
  if (whole.type === 'record') {
    return expected.type === 'record' ? problemsOfSchema(whole, expected.fields) : []
  }
  if (whole.type === 'map' || whole.type === 'array') return problemsOfItems(whole, expected, at)
  const logical = 'logicalType' in whole ? whole.logicalType : undefined
  const wanted = 'logical' in expected ? expected.logical : undefined
  const digits = 'precision' in whole ? `${whole.precision},${whole.scale}` : ''
  const digitsWanted = 'precision' in expected ? `${expected.precision},${expected.scale}` : ''
  return [
    ...(logical === wanted ? [] : [`${at} is ${logical}, not ${wanted}`]),
    ...(digits === digitsWanted ? [] : [`${at} has ${digits} digits, not ${digitsWanted}`]),
  ]
}

function problemsOfItems(
  type: Extract<AvroType, { type: 'array' | 'map' }>,
  expected: ExpectedField,
  at: string,
): readonly string[] {
  const items = type.type === 'map' ? type.values : type.items
  if (expected.type === 'array' && 'items' in expected) {
    const isRecord = typeof items === 'object' && items.type === 'record'
    return isRecord
      ? problemsOfSchema(items, expected.items.fields)
      : [`${at} is no list of records`]
  }
  return items === 'string' ? [] : [`${at} is not made of strings`]
}
