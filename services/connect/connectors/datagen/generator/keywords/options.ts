// `options`: values to choose from, written as JSON and checked against their type when the schema
// is read.

import { unscaledOf } from '../decimal.ts'
import { integerOf, type JsonNode, type JsonObject, javaClass, javaText } from '../json-node.ts'
import type { Problems } from '../problems.ts'
import type { GeneratedValue, RecordNode, SchemaNode } from '../schema-node.ts'
import { standsAlone } from './fields.ts'
import { intRange, longRange } from './range.ts'

const property = 'options'

/** A value that JSON gives for a type, or why it is none. */
export type Converted = { readonly value: GeneratedValue } | { readonly refused: string }

/** How values of a type are read: with the defaults of fields that an option leaves out. */
export interface OptionReader {
  readonly problems: Problems
  /** The default of a field, where it has one. */
  defaultOf(record: RecordNode, field: string): JsonNode | undefined
  /** The size of a fixed; undefined for other types. */
  sizeOf(node: SchemaNode): number | undefined
  /** The name of a type in messages. */
  nameOf(node: SchemaNode): string
}

/** The options of a type; null where there are none, or where something is wrong with them. */
export function readOptions(
  properties: JsonObject,
  node: SchemaNode,
  reader: OptionReader,
): readonly GeneratedValue[] | null {
  const items = readOptionItems(properties, reader.problems)
  if (items === null) return null
  const values: GeneratedValue[] = []
  for (const item of items) {
    const converted = convert(item, node, reader)
    if ('value' in converted) values.push(converted.value)
    else {
      reader.problems.report(item, converted.refused)
      return null
    }
  }
  return values
}

/** The JSON of the options, of which there is at least one; null as above. */
export function readOptionItems(
  properties: JsonObject,
  problems: Problems,
): readonly JsonNode[] | null {
  const node = properties.members.get(property)
  if (node === undefined) return null
  const others = ['length', 'regex', 'iteration', 'range']
  if (!standsAlone(properties, { property, others, problems })) return null
  if (node.kind === 'object') {
    problems.report(
      node,
      `${property} property cannot be read from a file here: write the values as an array`,
    )
    return null
  }
  if (node.kind !== 'array') {
    problems.report(
      node,
      `${property} prop must be an array or an object, was ${javaClass(node)} instead`,
    )
    return null
  }
  if (node.items.length > 0) return node.items
  problems.report(node, `${property} property cannot be empty`)
  return null
}

function convert(json: JsonNode, node: SchemaNode, reader: OptionReader): Converted {
  switch (node.type) {
    case 'array':
      if (json.kind === 'array') return convertAll(json.items, node.items, reader)
      break
    case 'map':
      if (json.kind === 'object') return convertMap(json, node.values, reader)
      break
    case 'record':
      if (json.kind === 'object') return convertRecord(json, node, reader)
      break
    case 'union': {
      for (const [branch, type] of node.branches.entries()) {
        const converted = convert(json, type, reader)
        if ('value' in converted) return { value: { branch, value: converted.value } }
      }
      break
    }
    default: {
      const value = convertScalar(json, node, reader)
      if (value !== undefined) return { value }
    }
  }
  const type = reader.nameOf(node)
  return {
    refused: `Invalid option for ${type} schema: type ${javaClass(json)}, value '${javaText(json)}'`,
  }
}

/** The value, or undefined where the JSON is none of this type. */
function convertScalar(
  json: JsonNode,
  node: SchemaNode,
  reader: OptionReader,
): GeneratedValue | undefined {
  switch (node.type) {
    case 'null':
      return json.kind === 'null' ? null : undefined
    case 'boolean':
      return json.kind === 'boolean' ? json.value : undefined
    case 'int': {
      const integer = integerWithin(json, intRange)
      return integer === undefined ? undefined : Number(integer)
    }
    case 'long':
      return integerWithin(json, longRange)
    case 'float':
    case 'double': {
      if (json.kind !== 'number') return undefined
      const value = node.type === 'float' ? Math.fround(json.value) : json.value
      return Number.isFinite(value) ? value : undefined
    }
    case 'string':
      return json.kind === 'string' ? json.value : undefined
    case 'enum':
      return json.kind === 'string' && node.symbols.includes(json.value) ? json.value : undefined
    case 'bytes':
    case 'decimal': {
      if (json.kind !== 'string') return undefined
      const bytes = Buffer.from(json.value, 'utf8')
      const size = reader.sizeOf(node)
      if (size !== undefined && bytes.length !== size) return undefined
      return node.type === 'decimal' ? unscaledOf(bytes) : bytes
    }
    default:
      return undefined
  }
}

function integerWithin(
  json: JsonNode,
  { min, max }: { min: bigint; max: bigint },
): bigint | undefined {
  const integer = json.kind === 'number' ? integerOf(json) : null
  return integer !== null && integer >= min && integer <= max ? integer : undefined
}

function convertAll(items: readonly JsonNode[], type: SchemaNode, reader: OptionReader): Converted {
  const values: GeneratedValue[] = []
  for (const item of items) {
    const converted = convert(item, type, reader)
    if ('refused' in converted) return converted
    values.push(converted.value)
  }
  return { value: values }
}

function convertMap(json: JsonObject, type: SchemaNode, reader: OptionReader): Converted {
  const entries = new Map<string, GeneratedValue>()
  for (const [key, item] of json.members) {
    const converted = convert(item, type, reader)
    if ('refused' in converted) return converted
    entries.set(key, converted.value)
  }
  return { value: entries }
}

function convertRecord(json: JsonObject, record: RecordNode, reader: OptionReader): Converted {
  const values: GeneratedValue[] = []
  for (const { name, node } of record.fields) {
    const item = json.members.get(name) ?? reader.defaultOf(record, name)
    if (item === undefined) {
      return {
        refused: `Invalid option for record schema: the field ${name} is missing and has no default, value '${javaText(json)}'`,
      }
    }
    const converted = convert(item, node, reader)
    if ('refused' in converted) return converted
    values.push(converted.value)
  }
  return { value: values }
}
