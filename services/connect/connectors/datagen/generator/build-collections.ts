import type { JsonObject } from './json-node.ts'
import { javaClass, javaText } from './json-node.ts'
import { readObject } from './keywords/fields.ts'
import { defaultLength, readLength } from './keywords/length.ts'
import { readOptionItems } from './keywords/options.ts'
import { randomText, readText } from './keywords/text.ts'
import type { Problems } from './problems.ts'
import { type ArrayNode, type MapNode, type SchemaNode, unannotated } from './schema-node.ts'

interface Parts {
  readonly properties: JsonObject | null
  readonly problems: Problems
}

export function buildArray({ items, ...parts }: Parts & { items: SchemaNode }): ArrayNode {
  return { type: 'array', items, length: lengthOf(parts), ...unannotated() }
}

export function buildMap({ values, ...parts }: Parts & { values: SchemaNode }): MapNode {
  const { properties, problems } = parts
  const keys = properties === null ? null : readObject(properties, 'keys', problems)
  const keyOptions = keys === null ? null : readKeyOptions(keys, problems)
  // Keys about which nothing is said are one character; all of them in a map differ.
  const text =
    keys === null || keyOptions !== null ? randomText({ min: 1, max: 2 }) : readText(keys, problems)
  return {
    type: 'map',
    keys: text,
    keyOptions,
    values,
    length: lengthOf(parts),
    ...unannotated(),
  }
}

function lengthOf({ properties, problems }: Parts): ArrayNode['length'] {
  return (properties === null ? null : readLength(properties, problems)) ?? defaultLength
}

function readKeyOptions(keys: JsonObject, problems: Problems): readonly string[] | null {
  const items = readOptionItems(keys, problems)
  if (items === null) return null
  const options: string[] = []
  for (const item of items) {
    if (item.kind === 'string') options.push(item.value)
    else {
      problems.report(
        item,
        `Invalid option for string schema: type ${javaClass(item)}, value '${javaText(item)}'`,
      )
    }
  }
  return options.length === 0 ? null : options
}
