// Reading the members of `arg.properties`, with the messages of the original generator where they
// are known (datagen facts, §4), since people look them up. Java's class names in them are its own.

import {
  integerOf,
  type JsonNode,
  type JsonNumber,
  type JsonObject,
  javaClass,
} from '../json-node.ts'
import type { Problems } from '../problems.ts'

/** Where a number stands: in which property, under which name. */
export interface NumberField {
  readonly property: string
  readonly field: string
  readonly within: JsonObject
  readonly problems: Problems
}

export const argProperties = 'arg.properties'

/** The `arg.properties` of a type; null where there are none, or something else in their place. */
export function readProperties(type: JsonObject, problems: Problems): JsonObject | null {
  const properties = type.members.get(argProperties)
  if (properties === undefined || properties.kind === 'object') return properties ?? null
  problems.report(
    properties,
    `${argProperties} property must be given as object, was ${javaClass(properties)} instead`,
  )
  return null
}

/** Whether none of the others is given beside one property; else that is a problem. */
export function standsAlone(
  properties: JsonObject,
  {
    property,
    others,
    problems,
  }: { property: string; others: readonly string[]; problems: Problems },
): boolean {
  const other = others.find((name) => properties.members.has(name))
  const node = other === undefined ? undefined : properties.members.get(other)
  if (node === undefined) return true
  problems.report(node, `Cannot specify ${other} prop when ${property} prop is given`)
  return false
}

/** An integer between two bounds (inclusive); null where it is absent or wrong. */
export function readInteger(
  place: NumberField,
  { min, max, type }: { min: bigint; max: bigint; type: 'int' | 'long' },
): bigint | null {
  const node = numberNode(place, 'an integral number')
  if (node === null) return null
  const integer = integerOf(node)
  const { property, field, problems } = place
  if (integer === null) {
    problems.report(
      node,
      `'${field}' field of ${property} property must be an integral number, was ${javaClass(node)} instead`,
    )
    return null
  }
  if (integer < min || integer > max) {
    problems.report(
      node,
      `'${field}' field of ${property} property must be a valid ${type} for ${type} schemas`,
    )
    return null
  }
  return integer
}

/** A number of a float or double; null where it is absent or wrong. */
export function readNumber(place: NumberField, type: 'float' | 'double'): JsonNumber | null {
  const node = numberNode(place, 'a number')
  if (node === null) return null
  const value = type === 'float' ? Math.fround(node.value) : node.value
  if (Number.isFinite(value)) return node
  const { property, field, problems } = place
  problems.report(
    node,
    `'${field}' field of ${property} property must be a valid ${type} for ${type} schemas`,
  )
  return null
}

function numberNode(
  { property, field, within, problems }: NumberField,
  expected: string,
): JsonNumber | null {
  const node = within.members.get(field)
  if (node === undefined || node.kind === 'number') return node ?? null
  problems.report(
    node,
    `'${field}' field of ${property} property must be ${expected}, was ${javaClass(node)} instead`,
  )
  return null
}

/** A member that has to be an object; null where it is absent or wrong. */
export function readObject(
  properties: JsonObject,
  property: string,
  problems: Problems,
): JsonObject | null {
  const node: JsonNode | undefined = properties.members.get(property)
  if (node === undefined || node.kind === 'object') return node ?? null
  problems.report(node, `${property} prop must be an object, was ${javaClass(node)} instead`)
  return null
}
