import { integerOf, type JsonObject, javaClass } from '../json-node.ts'
import type { Problems } from '../problems.ts'
import type { LengthBounds } from '../schema-node.ts'
import { readInteger } from './fields.ts'

/** What texts, bytes, arrays and maps have where nothing is said. */
export const defaultLength: LengthBounds = { min: 8, max: 16 }

const property = 'length'
const lengthMax = 2n ** 31n - 1n

/** The bounds that `length` gives; null where there is none, or where it is wrong. */
export function readLength(properties: JsonObject, problems: Problems): LengthBounds | null {
  const node = properties.members.get(property)
  if (node === undefined) return null
  if (node.kind === 'object') return readBounds(node, problems)
  const exact = node.kind === 'number' ? integerOf(node) : null
  if (exact === null || exact > lengthMax) {
    problems.report(
      node,
      `${property} property must either be an integral number or an object, was ${javaClass(node)} instead`,
    )
    return null
  }
  if (exact < 0n) {
    problems.report(node, `when given as integral number, ${property} property cannot be negative`)
    return null
  }
  return { min: Number(exact), max: Number(exact) + 1 }
}

function readBounds(node: JsonObject, problems: Problems): LengthBounds | null {
  const range = { min: -(2n ** 31n), max: lengthMax, type: 'int' } as const
  const given = (['min', 'max'] as const).filter((field) => node.members.has(field))
  if (given.length === 0) {
    problems.report(
      node,
      `${property} property must contain at least one of 'min' or 'max' fields when given as object`,
    )
    return null
  }
  const min = readInteger({ property, field: 'min', within: node, problems }, range)
  const max = readInteger({ property, field: 'max', within: node, problems }, range)
  if (given.some((field) => (field === 'min' ? min : max) === null)) return null
  const bounds = { min: Number(min ?? 0n), max: Number(max ?? lengthMax) }
  if (bounds.min < 0) {
    problems.report(node, `min field of ${property} property cannot be negative`)
    return null
  }
  if (bounds.max <= bounds.min) {
    problems.report(
      node,
      `max field must be strictly greater than min field for ${property} property`,
    )
    return null
  }
  return bounds
}
