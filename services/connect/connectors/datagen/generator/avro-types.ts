// Avro's own rules, by avsc: names and namespaces, what may be in a union, which default fits.
//
// avsc forgets attributes that it does not know and tells no positions. So each part of the schema
// passes through its hook, where we keep which text each type was made of, and know what was being
// read when something is wrong.

import avsc, { type Schema, type Type } from 'avsc'
import { avroSentence, fieldNameSentence } from './avro-problems.ts'
import type { JsonNode, JsonObject } from './json-node.ts'
import type { Problems } from './problems.ts'

export interface AvroTypes {
  readonly root: Type
  /** The text that defines each type; primitives that are only named have none. */
  readonly definitions: ReadonlyMap<Type, JsonNode>
}

const typesOfAvro = new Set(
  'null boolean int long float double bytes string record error enum fixed array map'.split(' '),
)

/** Avro's types of a schema; null where it is none, which is then among the problems. */
export function readAvroTypes(schema: JsonNode, problems: Problems): AvroTypes | null {
  const definitions = new Map<Type, JsonNode>()
  const origins = new Map<unknown, JsonNode>()
  const open: JsonNode[] = [schema]
  let passing: unknown
  const options: Partial<avsc.ForSchemaOptions> = {
    noAnonymousTypes: true,
    wrapUnions: 'always',
    // Without a prototype: a type may be called `constructor`.
    registry: Object.create(null),
    typeHook(part, all) {
      if (part === passing) {
        passing = undefined
        return undefined
      }
      const origin = origins.get(part)
      if (origin !== undefined) {
        checkBeforeAvro(origin)
        open.push(origin)
      }
      passing = isReference(part) ? undefined : part
      const type = avsc.Type.forSchema(isReference(part) ? part.type : part, all)
      if (origin !== undefined) {
        open.pop()
        if (!isReference(part)) definitions.set(type, origin)
      }
      return type
    },
  }
  try {
    // avsc checks what it is given; its type only says what a correct schema looks like.
    const root = avsc.Type.forSchema(forAvsc(schema, origins) as Schema, options)
    return { root, definitions }
  } catch (error) {
    if (error instanceof WrongPart) problems.report(error.node, error.message)
    else if (error instanceof Error) {
      problems.report(
        partNamedBy(error.message, open.at(-1) ?? schema),
        avroSentence(error.message),
      )
    } else throw error
    return null
  }
}

/** Thrown out of avsc's hook, which has no other way to stop; caught where avsc was called. */
class WrongPart extends Error {
  readonly node: JsonNode

  constructor(node: JsonNode, sentence: string) {
    super(sentence)
    this.node = node
  }
}

/** A named type in the form {"type": "Address"}, which Avro's Java library takes as its name alone. */
function isReference(part: unknown): part is { type: string } {
  if (typeof part !== 'object' || part === null || !('type' in part)) return false
  return typeof part.type === 'string' && !typesOfAvro.has(part.type)
}

/** What avsc would not name well: parts that are missing or of a wrong kind. */
function checkBeforeAvro(node: JsonNode): void {
  if (node.kind !== 'object') return
  const type = node.members.get('type')
  if (type === undefined) throw new WrongPart(node, 'a schema needs a "type".')
  if (type.kind !== 'string') {
    throw new WrongPart(
      type,
      'the "type" of a schema is a text; only that of a field may be a schema.',
    )
  }
  for (const name of ['name', 'namespace']) {
    const member = node.members.get(name)
    if (member !== undefined && member.kind !== 'string') {
      throw new WrongPart(member, `"${name}" must be a text.`)
    }
  }
  checkTexts(node, 'aliases')
  if (type.value === 'enum') checkTexts(node, 'symbols')
  const fields = node.members.get('fields')
  if (fields?.kind === 'array' && (type.value === 'record' || type.value === 'error')) {
    checkFields(fields.items)
  }
}

function checkFields(fields: readonly JsonNode[]): void {
  const names = new Set<string>()
  for (const field of fields) {
    if (field.kind !== 'object') throw new WrongPart(field, 'a field must be an object.')
    const name = field.members.get('name')
    if (name?.kind !== 'string') throw new WrongPart(name ?? field, 'a field needs a "name".')
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.value)) {
      throw new WrongPart(name, fieldNameSentence(name.value))
    }
    if (names.has(name.value)) {
      throw new WrongPart(name, `the record has two fields called "${name.value}".`)
    }
    names.add(name.value)
    const type = field.members.get('type')
    if (type === undefined) throw new WrongPart(field, 'a field needs a "type".')
    if (type.kind === 'number' || type.kind === 'boolean') {
      throw new WrongPart(type, 'a type is a text, an object or a list.')
    }
    checkTexts(field, 'aliases')
  }
}

/** avsc takes whatever is in these lists for a text. */
function checkTexts(node: JsonObject, name: string): void {
  const list = node.members.get(name)
  if (list === undefined) return
  if (list.kind === 'array' && list.items.every(({ kind }) => kind === 'string')) return
  throw new WrongPart(list, `"${name}" must be a list of texts.`)
}

/** The part that the message is about, as closely as it can be told: the name it quotes. */
function partNamedBy(message: string, within: JsonNode): JsonNode {
  const quoted = /^undefined type name: (.*)$/.exec(message)?.[1]
  if (quoted === undefined) return within
  const unqualified = quoted.slice(quoted.lastIndexOf('.') + 1)
  return findText(within, unqualified) ?? within
}

/** The first text that is this type's name, among a part's own types: not deeper definitions. */
function findText(node: JsonNode, name: string): JsonNode | null {
  const isName = (item: JsonNode | undefined): item is JsonNode =>
    item?.kind === 'string' && item.value.slice(item.value.lastIndexOf('.') + 1) === name
  if (node.kind === 'array') return node.items.find(isName) ?? null
  if (node.kind !== 'object') return isName(node) ? node : null
  for (const member of ['type', 'items', 'values']) {
    const item = node.members.get(member)
    if (isName(item)) return item
  }
  return (
    fieldsOf(node)
      .map((field) => (field.kind === 'object' ? field.members.get('type') : undefined))
      .find(isName) ?? null
  )
}

function fieldsOf(node: JsonObject): readonly JsonNode[] {
  const fields = node.members.get('fields')
  return fields?.kind === 'array' ? fields.items : []
}

/** The schema as avsc takes it, remembering where each object and list came from. */
function forAvsc(node: JsonNode, origins: Map<unknown, JsonNode>): unknown {
  switch (node.kind) {
    case 'object': {
      const members = [...node.members].filter(([name]) => name !== 'arg.properties')
      const value = Object.fromEntries(
        members.map(([name, item]) => [name, forAvsc(item, origins)]),
      )
      origins.set(value, node)
      return value
    }
    case 'array': {
      const value = node.items.map((item) => forAvsc(item, origins))
      origins.set(value, node)
      return value
    }
    case 'number':
      // avsc refuses longs that a double does not keep, also where they are only a default.
      return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, node.value))
    case 'null':
      return null
    default:
      return node.value
  }
}
