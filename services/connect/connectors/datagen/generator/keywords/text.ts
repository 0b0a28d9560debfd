import type { JsonObject } from '../json-node.ts'
import type { Problems } from '../problems.ts'
import { type RegexText, readRegex } from '../regex/regex-text.ts'
import type { LengthBounds, TextRecipe } from '../schema-node.ts'
import { defaultLength, readLength } from './length.ts'

/** Text of random characters. */
export function randomText(length: LengthBounds): TextRecipe {
  return { prefix: '', suffix: '', regex: null, length }
}

/** How the texts of a string, or the keys of a map, are made. */
export function readText(properties: JsonObject, problems: Problems): TextRecipe {
  const length = readLength(properties, problems)
  return {
    ...readEnds(properties, problems),
    regex: readRegexProperty(properties, length, problems),
    length: length ?? defaultLength,
  }
}

/** What stands before and after each text. */
export function readEnds(
  properties: JsonObject,
  problems: Problems,
): { prefix: string; suffix: string } {
  return {
    prefix: readTextProperty(properties, 'prefix', problems) ?? '',
    suffix: readTextProperty(properties, 'suffix', problems) ?? '',
  }
}

function readRegexProperty(
  properties: JsonObject,
  length: LengthBounds | null,
  problems: Problems,
): RegexText | null {
  const java = readTextProperty(properties, 'regex', problems)
  const node = properties.members.get('regex')
  if (java === null || node === undefined) return null
  const regex = readRegex(java, length)
  if (!('problem' in regex)) return regex
  problems.report(node, `regex property cannot be used: ${regex.problem}`)
  return null
}

function readTextProperty(
  properties: JsonObject,
  property: string,
  problems: Problems,
): string | null {
  const node = properties.members.get(property)
  if (node === undefined) return null
  if (node.kind === 'string') return node.value
  problems.report(node, `${property} property must be a string`)
  return null
}
