import { readDecimal, rescaleUp } from '../decimal.ts'
import type { JsonNumber, JsonObject } from '../json-node.ts'
import type { Problems } from '../problems.ts'
import { type NumberField, readInteger, readNumber, readObject } from './fields.ts'

const property = 'range'

export const intRange = { min: -(2n ** 31n), max: 2n ** 31n - 1n, type: 'int' } as const
export const longRange = { min: -(2n ** 63n), max: 2n ** 63n - 1n, type: 'long' } as const
export const floatMax = (2 - 2 ** -23) * 2 ** 127

/** The bounds of an int or long, max exclusive; null where none are given, or wrong ones. */
export function readIntegerRange(
  properties: JsonObject,
  type: typeof intRange | typeof longRange,
  problems: Problems,
): { min: bigint; max: bigint } | null {
  const within = readObject(properties, property, problems)
  if (within === null) return null
  const min = readInteger(side(within, 'min', problems), type) ?? type.min
  const max = readInteger(side(within, 'max', problems), type) ?? type.max
  return isRange(min < max, within, problems) ? { min, max } : null
}

/** The bounds of a float or double, max exclusive; null where none are given, or wrong ones. */
export function readNumberRange(
  properties: JsonObject,
  type: 'float' | 'double',
  problems: Problems,
): { min: number; max: number } | null {
  const within = readObject(properties, property, problems)
  if (within === null) return null
  const limit = type === 'float' ? floatMax : Number.MAX_VALUE
  const round = (node: JsonNumber): number =>
    type === 'float' ? Math.fround(node.value) : node.value
  const minNode = readNumber(side(within, 'min', problems), type)
  const maxNode = readNumber(side(within, 'max', problems), type)
  const min = minNode === null ? -limit : round(minNode)
  const max = maxNode === null ? limit : round(maxNode)
  return isRange(min < max, within, problems) ? { min, max } : null
}

/** The unscaled bounds of a decimal, max exclusive; null where none are given, or wrong ones. */
export function readDecimalRange(
  properties: JsonObject,
  { precision, scale }: { precision: number; scale: number },
  problems: Problems,
): { min: bigint; max: bigint } | null {
  const within = readObject(properties, property, problems)
  if (within === null) return null
  const limit = 10n ** BigInt(precision)
  const unscaled = (node: JsonNumber | null): bigint | null =>
    node === null ? null : rescaleUp(readDecimal(node.text), scale)
  const min = unscaled(readNumber(side(within, 'min', problems), 'double')) ?? 1n - limit
  const max = unscaled(readNumber(side(within, 'max', problems), 'double')) ?? limit
  if (!isRange(min < max, within, problems)) return null
  if (min > -limit && max <= limit) return { min, max }
  problems.report(
    within,
    `the range has more digits than a decimal of precision ${precision} and scale ${scale}`,
  )
  return null
}

function isRange(isOrdered: boolean, within: JsonObject, problems: Problems): boolean {
  if (isOrdered) return true
  problems.report(
    within,
    `'min' field must be strictly less than 'max' field in ${property} property`,
  )
  return false
}

function side(within: JsonObject, field: 'min' | 'max', problems: Problems): NumberField {
  return { property, field, within, problems }
}
