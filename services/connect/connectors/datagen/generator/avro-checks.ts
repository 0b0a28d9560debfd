// What avsc would not name well: parts that are missing or of a wrong kind.

import { fieldNameSentence } from './avro-problems.ts'
import type { JsonNode, JsonObject } from './json-node.ts'

/** Checks one definition or union, without what is in it; throws a WrongPart. */
export function checkBeforeAvro(node: JsonNode): void {
  if (node.kind === 'array') for (const branch of node.items) checkIsType(branch)
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
  for (const inner of ['items', 'values']) {
    const member = node.members.get(inner)
    if (member !== undefined) checkIsType(member)
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
    checkIsType(type)
    checkTexts(field, 'aliases')
  }
}

export function checkIsType(node: JsonNode): void {
  if (node.kind === 'null') throw new WrongPart(node, 'null is no type: write "null".')
  if (node.kind === 'number' || node.kind === 'boolean') {
    throw new WrongPart(node, 'a type is a text, an object or a list.')
  }
}

/** avsc takes whatever is in these lists for a text. */
function checkTexts(node: JsonObject, name: string): void {
  const list = node.members.get(name)
  if (list === undefined) return
  if (list.kind === 'array' && list.items.every(({ kind }) => kind === 'string')) return
  throw new WrongPart(list, `"${name}" must be a list of texts.`)
}

/** Thrown out of avsc's hook, which has no other way to stop; caught where avsc was called. */
export class WrongPart extends Error {
  readonly node: JsonNode

  constructor(node: JsonNode, sentence: string) {
    super(sentence)
    this.node = node
  }
}
