// How large records can become, known before one is made: schemas are pasted by people, and a few
// lines of them can describe terabytes (arrays of arrays of arrays).
//
// A weight is bytes of JSON at most, or work where there is more of it than bytes. Each node has the
// weight of its smallest value. While a record is made, everything above its smallest form is paid
// out of what is spare (draw.ts); when that is used up, all that follows is as small as it may be.
// So a record's weight never exceeds `recordWeightMax`, and recursion ends.

import { toJson } from './json.ts'
import type { DecimalNode, GeneratedValue, SchemaNode, TextRecipe } from './schema-node.ts'

/**
 * 256 KiB: Kafka's limits allow four times as much, but making a record blocks every connector of the
 * process; the most expensive schemas need 50 ms for one of this weight.
 */
export const recordWeightMax = 262_144

/** A character of text in JSON at most: \u0000, or three bytes of UTF-8. */
export const characterWeight = 6
/** A byte in base64 at most; it is 4/3, but weights are whole so that sums of them are exact. */
export const byteWeight = 2
/** What padding adds to the base64 of few bytes. */
const paddingWeight = 4
/** Quotes around a text. */
const quotes = 2

/** Sets the weight of every node: infinite where a type has no value without containing itself. */
export function weighNodes(nodes: readonly SchemaNode[]): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const node of nodes) {
      const isFixed = node.options !== null || node.iteration !== null
      if (isFixed && Number.isFinite(node.weightMin)) continue
      const weight = weightOf(node)
      if (weight < node.weightMin) {
        node.weightMin = weight
        changed = true
      }
    }
  }
}

/** Weight of one more item of an array: itself and a comma. */
export function itemWeight(items: SchemaNode): number {
  return items.weightMin + 1
}

/** Weight of one more entry of a map. */
export function entryWeight(
  keys: TextRecipe,
  keyOptions: readonly string[] | null,
  values: SchemaNode,
): number {
  const key =
    keyOptions === null
      ? textWeight(keys)
      : Math.max(...keyOptions.map((option) => quotes + option.length * characterWeight))
  return key + values.weightMin + 2
}

/** Weight of the shortest text. */
export function textWeight({ prefix, suffix, regex, length }: TextRecipe): number {
  const least = regex === null ? length.min : regex.lengthMin
  const characters = prefix.length + suffix.length + least
  return quotes + Math.max(characters * characterWeight, regex?.work ?? 0)
}

function weightOf(node: SchemaNode): number {
  if (node.options !== null) return heaviest(node, node.options)
  if (node.iteration !== null) return iterationWeight(node.iteration.valueAt(0))
  switch (node.type) {
    case 'null':
      return 4
    case 'boolean':
      return 5
    case 'int':
      return 11
    case 'long':
      return 20
    case 'float':
    case 'double':
      return 25
    case 'decimal':
      return quotes + decimalLength(node)
    case 'string':
      return textWeight(node.text)
    case 'bytes':
      return quotes + paddingWeight + node.length.min * byteWeight
    case 'enum':
      return quotes + Math.max(...node.symbols.map(({ length }) => length))
    case 'array':
      return 2 + many(node.length.min, itemWeight(node.items))
    case 'map':
      return 2 + many(node.length.min, entryWeight(node.keys, node.keyOptions, node.values))
    case 'union':
      return Math.min(...node.branches.map(({ weightMin }) => weightMin))
    case 'record':
      return node.fields.reduce(
        (sum, { name, node: field }) => sum + name.length + 4 + field.weightMin,
        2,
      )
  }
}

/** As digits a decimal is longer than as base64: sign, point, and zeros up to the point. */
function decimalLength({ min, max, scale }: DecimalNode): number {
  const digits = Math.max(String(min).length, String(max).length, scale + 1)
  return digits + 2
}

/** All options weigh what the longest of them does: choosing among them costs nothing. */
function heaviest(node: SchemaNode, options: readonly GeneratedValue[]): number {
  let most = 0
  for (const value of options) {
    for (const decimalFormat of ['NUMERIC', 'BASE64'] as const) {
      most = Math.max(most, Buffer.byteLength(toJson({ root: node }, value, { decimalFormat })))
    }
  }
  return most
}

function iterationWeight(first: GeneratedValue): number {
  // A text around a number of at most 11 digits.
  return typeof first === 'string' ? quotes + (first.length + 11) * characterWeight : 25
}

/** A product in which no item weighs nothing, however heavy one would be. */
function many(count: number, weight: number): number {
  return count === 0 ? 0 : count * weight
}
