// Avro's own rules, by avsc: names and namespaces, what may be in a union, which default fits.
//
// avsc forgets attributes that it does not know and tells no positions. So each part of the schema
// passes through its hook, where we keep which text each type was made of, and know what was being
// read when something is wrong.

import avsc, { type Schema, type Type } from 'avsc'
import { checkBeforeAvro, checkIsType, WrongPart } from './avro-checks.ts'
import { reportRefusal } from './avro-refusal.ts'
import type { JsonNode } from './json-node.ts'
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
    checkIsType(schema)
    // avsc checks what it is given; its type only says what a correct schema looks like.
    const root = avsc.Type.forSchema(forAvsc(schema, origins) as Schema, options)
    return { root, definitions }
  } catch (error) {
    if (error instanceof WrongPart) problems.report(error.node, error.message)
    else if (error instanceof Error) reportRefusal(error.message, open.at(-1) ?? schema, problems)
    else throw error
    return null
  }
}

/** A named type in the form {"type": "Address"}, which Avro's Java library takes as its name alone. */
function isReference(part: unknown): part is { type: string } {
  if (typeof part !== 'object' || part === null || !('type' in part)) return false
  return typeof part.type === 'string' && !typesOfAvro.has(part.type)
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
