import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { JsonNode } from './json-node.ts'
import type { Problems } from './problems.ts'

/**
 * How deep a schema may be nested. Reading it and making its records are recursive; what people
 * write is rarely nested more than ten deep.
 */
export const schemaDepthMax = 100

const errorSentences: Record<string, string> = {
  InvalidSymbol: 'this is not JSON: texts need double quotes.',
  InvalidNumberFormat: 'this is not a number of JSON.',
  PropertyNameExpected: 'the name of a member in double quotes is expected.',
  ValueExpected: 'a value is expected.',
  ColonExpected: 'a colon is expected.',
  CommaExpected: 'a comma is expected.',
  CloseBraceExpected: 'a closing brace } is missing.',
  CloseBracketExpected: 'a closing bracket ] is missing.',
  EndOfFileExpected: 'the schema has ended, but more text follows.',
  UnexpectedEndOfComment: 'a comment does not end.',
  UnexpectedEndOfString: 'a text does not end in its line.',
  UnexpectedEndOfNumber: 'a number does not end.',
  InvalidUnicode: 'an escape \\u needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'JSON has no such escape: a backslash itself is written \\\\.',
  InvalidCharacter: 'a control character must be escaped.',
}

/** The JSON of a schema, with `//` and block comments as Avro's own parser allows; null where it is none. */
export function readSchemaText(pasted: string, problems: Problems): JsonNode | null {
  // Editors put a byte order mark in front; a space in its place keeps all offsets.
  const text = pasted.replace(/^\uFEFF/, ' ')
  if (text.trim() === '') {
    problems.reportAt(0, 'there is no schema.')
    return null
  }
  const tooDeep = offsetOfDepth(text, schemaDepthMax)
  if (tooDeep !== null) {
    problems.reportAt(tooDeep, `the schema is nested more than ${schemaDepthMax} deep.`)
    return null
  }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: false })
  const [error] = errors
  if (error !== undefined) {
    const code = printParseErrorCode(error.error)
    problems.reportAt(error.offset, errorSentences[code] ?? `this is not JSON (${code}).`)
    return null
  }
  if (tree === undefined) {
    problems.reportAt(0, 'there is no schema.')
    return null
  }
  return withPlaces(tree, text, null)
}

/** Where brackets are open more than `depth` deep, found without recursion; null where nowhere. */
function offsetOfDepth(text: string, depth: number): number | null {
  const scanner = createScanner(text, true)
  let open = 0
  for (;;) {
    scanner.scan()
    const token = text[scanner.getTokenOffset()]
    if (scanner.getTokenLength() === 0) return null
    if (token === '{' || token === '[') open++
    if (token === '}' || token === ']') open--
    if (open > depth) return scanner.getTokenOffset()
  }
}

function withPlaces(node: Node, text: string, parent: JsonNode | null): JsonNode {
  const { offset } = node
  switch (node.type) {
    case 'object': {
      const object: JsonNode = { kind: 'object', members: new Map(), offset, parent }
      for (const { children } of node.children ?? []) {
        const [name, value] = children ?? []
        // Of members with one name the last counts, as in Avro's own parser.
        if (name && value) object.members.set(String(name.value), withPlaces(value, text, object))
      }
      return object
    }
    case 'array': {
      const array: JsonNode = { kind: 'array', items: [], offset, parent }
      for (const item of node.children ?? []) array.items.push(withPlaces(item, text, array))
      return array
    }
    case 'number': {
      const written = text.slice(offset, offset + node.length)
      return { kind: 'number', text: written, value: Number(written), offset, parent }
    }
    case 'string':
      return { kind: 'string', value: String(node.value), offset, parent }
    case 'boolean':
      return { kind: 'boolean', value: node.value === true, offset, parent }
    default:
      return { kind: 'null', offset, parent }
  }
}
