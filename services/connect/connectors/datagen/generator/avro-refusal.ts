import { avroSentence, unknownTypeSentence } from './avro-problems.ts'
import { type JsonNode, type JsonObject, type JsonText, plainValue } from './json-node.ts'
import type { Problems } from './problems.ts'

/** Tells what avsc says of a part, as closely to the words it is about as they can be found. */
export function reportRefusal(message: string, within: JsonNode, problems: Problems): void {
  const type = /^undefined type name: (.*)$/.exec(message)?.[1]
  if (type !== undefined) {
    const written = findText(within, type.slice(type.lastIndexOf('.') + 1))
    problems.report(written ?? within, unknownTypeSentence(written?.value ?? type))
    return
  }
  const defaults = within.kind === 'object' ? fieldsOf(within).map(defaultOf) : []
  const quoted = defaults.find(
    (node) =>
      node !== undefined &&
      message.startsWith(`incompatible field default ${JSON.stringify(plainValue(node))} (`),
  )
  problems.report(quoted ?? within, avroSentence(message))
}

function defaultOf(field: JsonNode): JsonNode | undefined {
  return field.kind === 'object' ? field.members.get('default') : undefined
}

/** The first text that is this type's name, among a part's own types: not deeper definitions. */
function findText(node: JsonNode, name: string): JsonText | null {
  const isName = (item: JsonNode | undefined): item is JsonText =>
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
