import avsc, { type Type } from 'avsc'
import { integerOf, type JsonObject, memberText } from './json-node.ts'
import { argProperties, readNumber } from './keywords/fields.ts'
import { defaultLength, readLength } from './keywords/length.ts'
import {
  intRange,
  longRange,
  readDecimalRange,
  readIntegerRange,
  readNumberRange,
} from './keywords/range.ts'
import { randomText, readText } from './keywords/text.ts'
import type { Problems } from './problems.ts'
import { type DecimalNode, type JavaDate, type SchemaNode, unannotated } from './schema-node.ts'

interface ScalarType {
  readonly type: Type
  readonly definition: JsonObject | null
  readonly properties: JsonObject | null
  readonly problems: Problems
}

/** The node of a type that contains no other. */
export function buildScalar(scalar: ScalarType): SchemaNode {
  const { type, definition, properties, problems } = scalar
  if (type instanceof avsc.types.EnumType) {
    return { type: 'enum', symbols: type.symbols, ...unannotated() }
  }
  if (type instanceof avsc.types.FixedType) {
    const length = { min: type.size, max: type.size + 1 }
    return buildDecimal(scalar, type.size) ?? { type: 'bytes', length, ...unannotated() }
  }
  switch (type.typeName) {
    case 'boolean':
      return { type: 'boolean', odds: oddsOf(properties, problems), ...unannotated() }
    case 'int': {
      const range = properties && readIntegerRange(properties, intRange, problems)
      const { min, max } = range ?? { min: intRange.min, max: intRange.max + 1n }
      const javaDate = javaDateOf(definition, { date: 'date', 'time-millis': 'time' })
      return { type: 'int', min: Number(min), max: Number(max), javaDate, ...unannotated() }
    }
    case 'long': {
      const range = properties && readIntegerRange(properties, longRange, problems)
      const { min, max } = range ?? { min: longRange.min, max: longRange.max + 1n }
      const javaDate = javaDateOf(definition, { 'timestamp-millis': 'timestamp' })
      return { type: 'long', min, max, javaDate, ...unannotated() }
    }
    case 'float':
    case 'double': {
      const range = properties && readNumberRange(properties, type.typeName, problems)
      const { min, max } = range ?? { min: 0, max: 1 }
      return { type: type.typeName, min, max, ...unannotated() }
    }
    case 'bytes': {
      const length = (properties && readLength(properties, problems)) ?? defaultLength
      return buildDecimal(scalar, null) ?? { type: 'bytes', length, ...unannotated() }
    }
    case 'string': {
      const text = properties ? readText(properties, problems) : randomText(defaultLength)
      return { type: 'string', text, ...unannotated() }
    }
    case 'null':
      return { type: 'null', ...unannotated() }
    default:
      throw new Error(`avsc knows a type ${type.typeName} that the generator does not.`)
  }
}

function javaDateOf(
  definition: JsonObject | null,
  dates: Readonly<Record<string, Exclude<JavaDate, null>>>,
): JavaDate {
  const logicalType = definition === null ? undefined : memberText(definition, 'logicalType')
  return logicalType === undefined ? null : (dates[logicalType] ?? null)
}

function oddsOf(properties: JsonObject | null, problems: Problems): number {
  const fair = 0.5
  if (properties === null) return fair
  const place = { property: argProperties, field: 'odds', within: properties, problems }
  const node = readNumber(place, 'double')
  if (node === null) return fair
  if (node.value >= 0 && node.value <= 1) return node.value
  problems.report(node, 'odds property must be in the range [0.0, 1.0]')
  return fair
}

/** More digits than anyone writes: a value takes time that grows with them. */
const precisionMax = 1000

/**
 * A decimal, where the logical type is one: with a precision and scale that are wrong, Avro says,
 * bytes are just bytes.
 */
function buildDecimal(
  { definition, properties, problems }: ScalarType,
  size: number | null,
): DecimalNode | null {
  if (definition === null || memberText(definition, 'logicalType') !== 'decimal') return null
  const precision = integerMember(definition, 'precision')
  const scale = definition.members.has('scale') ? integerMember(definition, 'scale') : 0
  if (precision === null || scale === null || precision < 1 || scale < 0 || scale > precision) {
    return null
  }
  if (size !== null && precision > precisionOf(size)) return null
  if (precision > precisionMax) {
    problems.report(definition, `a decimal has at most ${precisionMax} digits here`)
    return null
  }
  const limit = 10n ** BigInt(precision)
  const range = properties && readDecimalRange(properties, { precision, scale }, problems)
  const { min, max } = range ?? { min: 1n - limit, max: limit }
  return { type: 'decimal', scale, min, max, ...unannotated() }
}

function integerMember(definition: JsonObject, name: string): number | null {
  const node = definition.members.get(name)
  const integer = node?.kind === 'number' ? integerOf(node) : null
  return integer === null ? null : Number(integer)
}

/** The digits that a signed integer of so many bytes has room for. */
function precisionOf(size: number): number {
  return Math.floor(Math.log10(2) * (8 * size - 1))
}
