// From Avro's types to the nodes that the generator walks: names are resolved, `arg.properties`
// read. One type of the schema's text becomes one node, however often it is referred to; so an
// iteration counts on wherever its type is used.

import avsc, { type Type } from 'avsc'
import type { AvroTypes } from './avro-types.ts'
import { buildArray, buildMap } from './build-collections.ts'
import { buildScalar } from './build-scalars.ts'
import { type JsonNode, type JsonObject, memberText } from './json-node.ts'
import { readProperties } from './keywords/fields.ts'
import { readIteration, type ValueAt } from './keywords/iteration.ts'
import { type OptionReader, readOptions } from './keywords/options.ts'
import { readEnds } from './keywords/text.ts'
import type { Problems } from './problems.ts'
import {
  type GeneratedValue,
  type Iteration,
  type RecordNode,
  type SchemaNode,
  unannotated,
} from './schema-node.ts'

export interface BuiltNodes {
  readonly root: SchemaNode
  readonly all: readonly SchemaNode[]
  /** The text that defines each node, where there is one. */
  readonly definitions: ReadonlyMap<SchemaNode, JsonNode>
  readonly iterationCount: number
}

/** Nodes for all types that the schema reaches; what is wrong with them is reported. */
export function buildNodes(types: AvroTypes, problems: Problems): BuiltNodes {
  const nodes = new Map<Type, SchemaNode>()
  const definitions = new Map<SchemaNode, JsonNode>()
  const fixedSizes = new Map<SchemaNode, number>()
  const withOptions: (() => void)[] = []
  let iterationCount = 0

  const reader: OptionReader = {
    problems,
    defaultOf: (record, field) => defaultOf(definitions.get(record), field),
    sizeOf: (node) => fixedSizes.get(node),
    nameOf(node) {
      if (fixedSizes.has(node)) return 'fixed'
      return node.type === 'decimal' ? 'bytes' : node.type
    },
  }

  function nodeOf(type: Type): SchemaNode {
    return nodes.get(type) ?? build(type)
  }

  function build(type: Type): SchemaNode {
    const definition = types.definitions.get(type)
    const object = definition?.kind === 'object' ? definition : null
    const properties = object === null ? null : readProperties(object, problems)
    // Options come before everything else, and an iteration before what else a type takes.
    const isChosen = properties?.members.has('options') || properties?.members.has('iteration')
    const node = buildType(type, object, isChosen ? null : properties)
    nodes.set(type, node)
    if (definition !== undefined) definitions.set(node, definition)
    if (type instanceof avsc.types.FixedType) fixedSizes.set(node, type.size)
    if (properties !== null) annotate(node, properties)
    return node
  }

  function buildType(
    type: Type,
    definition: JsonObject | null,
    properties: JsonObject | null,
  ): SchemaNode {
    if (type instanceof avsc.types.RecordType) return buildRecord(type)
    if (type instanceof avsc.types.WrappedUnionType) {
      return { type: 'union', branches: type.types.map(nodeOf), ...unannotated() }
    }
    if (type instanceof avsc.types.ArrayType) {
      return buildArray({ items: nodeOf(type.itemsType), properties, problems })
    }
    if (type instanceof avsc.types.MapType) {
      return buildMap({ values: nodeOf(type.valuesType), properties, problems })
    }
    return buildScalar({ type, definition, properties, problems })
  }

  function buildRecord(type: avsc.types.RecordType): RecordNode {
    const record: RecordNode = {
      type: 'record',
      name: type.name ?? '',
      fields: [],
      ...unannotated(),
    }
    // Known before its fields are built, because they may contain it.
    nodes.set(type, record)
    for (const field of type.fields) {
      record.fields.push({ name: field.name, node: nodeOf(field.type) })
    }
    return record
  }

  function annotate(node: SchemaNode, properties: JsonObject): void {
    if (properties.members.has('options')) {
      withOptions.push(() => {
        node.options = readOptions(properties, node, reader)
      })
      return
    }
    const valueAt = readIteration(properties, { type: reader.nameOf(node), problems })
    if (valueAt === null) return
    node.iteration = iterationOf(node, { index: iterationCount, valueAt }, properties)
    iterationCount++
  }

  function iterationOf(node: SchemaNode, plain: Iteration, properties: JsonObject): Iteration {
    if (node.type !== 'string') return plain
    const { prefix, suffix } = readEnds(properties, problems)
    return { ...plain, valueAt: withEnds(plain.valueAt, prefix, suffix) }
  }

  const root = nodeOf(types.root)
  // Options of a type may hold values of any other: they are read once all are known.
  for (const read of withOptions) read()
  return { root, all: [...nodes.values()], definitions, iterationCount }
}

function withEnds(valueAt: ValueAt, prefix: string, suffix: string): ValueAt {
  return (n): GeneratedValue => `${prefix}${valueAt(n)}${suffix}`
}

function defaultOf(record: JsonNode | undefined, name: string): JsonNode | undefined {
  const fields = record?.kind === 'object' ? record.members.get('fields') : undefined
  if (fields?.kind !== 'array') return undefined
  const field = fields.items.find(
    (item) => item.kind === 'object' && memberText(item, 'name') === name,
  )
  return field?.kind === 'object' ? field.members.get('default') : undefined
}
