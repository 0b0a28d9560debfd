/**
 * The language of a whole-topic search: terms with spaces between them, which all must hold.
 *
 *   palo                     somewhere in key or value, A–Z and a–z alike
 *   "Palo Alto"  -palo       exactly so, with spaces; not there
 *   key:18  value:"X"  header.trace:x      somewhere in that field, likewise
 *   key = 18  header.trace = "x"           the whole field is that text; also `!=`
 *   $.address.city = "Palo Alto"           JSON of the value (`value.address.city` is the same)
 *   key.id:7  $.tags[0] = x  $.tags[*] = x  $["odd name"] != null
 *
 * A quoted operand of a JSON path is a string. One without quotes is equal to a number of the same
 * value, to `true`, `false` or `null`, and to a string that reads the same.
 */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[]
}

export type SearchTerm = { readonly isNegated: boolean } & SearchCondition

export type SearchCondition =
  | { readonly kind: 'text'; readonly operand: Operand }
  | { readonly kind: 'contains' | 'equals'; readonly field: SearchField; readonly operand: Operand }
  | {
      readonly kind: 'json'
      readonly field: 'key' | 'value'
      readonly path: readonly JsonStep[]
      readonly operand: Operand
    }

export type SearchField = 'key' | 'value' | { readonly header: string }

/** A property by name, an element by index, or any of either. */
export type JsonStep = { readonly name: string } | { readonly index: number } | 'any'

export interface Operand {
  readonly text: string
  readonly isQuoted: boolean
}

export type ParsedSearch =
  | { readonly ok: true; readonly query: SearchQuery }
  | {
      readonly ok: false
      /** A sentence that names the character. */
      readonly message: string
      /** The first character that is wrong, counted from 0. */
      readonly at: number
      readonly length: number
    }

const termsMax = 20

/** An empty text has no terms, and every record matches. */
export function parseSearchQuery(text: string): ParsedSearch {
  const reader = new QueryReader(text)
  const terms: SearchTerm[] = []
  try {
    for (reader.skipSpace(); !reader.isAtEnd; reader.skipSpace()) {
      const term = readTerm(reader)
      if (term !== null) terms.push(term)
      if (terms.length > termsMax) reader.fail(`There are more than ${termsMax} terms.`)
    }
    return { ok: true, query: { terms } }
  } catch (error) {
    if (error instanceof QueryProblem) return error.found
    throw error
  }
}

/** Null for the word AND, which says what a space says. */
function readTerm(reader: QueryReader): SearchTerm | null {
  const isNegated = reader.take(/-(?=\S)/y) !== null
  const condition = readField(reader) ?? readText(reader)
  if (condition === null) return null
  if ('not' in condition) return { ...condition.not, isNegated: !isNegated }
  return { ...condition, isNegated }
}

function readText(reader: QueryReader): SearchCondition | null {
  const at = reader.at
  const quoted = reader.quoted()
  if (quoted !== null) {
    if (quoted === '') reader.fail('There is nothing between the quotes.', at)
    return { kind: 'text', operand: { text: quoted, isQuoted: true } }
  }
  const word = reader.take(/\S+/y) ?? ''
  if (word === 'AND') return null
  if (word === 'OR') {
    reader.fail('OR is not known: search twice, or write "OR" for the word itself.', at)
  }
  if (word === '-') reader.fail('A minus needs something behind it that must not be there.', at)
  return { kind: 'text', operand: { text: word, isQuoted: false } }
}

/** A field with its condition, or null where a plain word begins. */
function readField(reader: QueryReader): SearchCondition | { not: SearchCondition } | null {
  const at = reader.at
  const header = readHeaderName(reader)
  if (header !== null) return readComparison(reader, at, { header }, null)
  const root = reader.take(/\$(?=\s*[.[:=]|\s*!=)|(?:key|value)(?=\s*(?:[:=]|!=)|[.[])/y)
  if (root === null) return null
  const path = readPath(reader)
  const isJson = root === '$' || path.length > 0
  return readComparison(reader, at, root === 'key' ? 'key' : 'value', isJson ? path : null)
}

function readHeaderName(reader: QueryReader): string | null {
  if (reader.take(/header(?=\.[^\s:=!]|\[)/y) === null) return null
  if (reader.take(/\./y) !== null) return reader.quoted() ?? reader.take(/[^\s:=!]+/y) ?? ''
  return readBracket(reader)
}

function readPath(reader: QueryReader): JsonStep[] {
  const path: JsonStep[] = []
  for (;;) {
    const at = reader.at
    if (reader.take(/\./y) !== null) {
      const name = reader.take(/\*|[^\s.[\]:=!"']+/y)
      if (name === null) reader.fail('A dot needs the name of a property behind it.', at)
      path.push(name === '*' ? 'any' : { name })
    } else if (reader.peek('[')) {
      const index = reader.take(/\[\s*(?:\d{1,9}|\*)\s*\]/y)
      if (index === null) path.push({ name: readBracket(reader) })
      else path.push(index.includes('*') ? 'any' : { index: Number.parseInt(index.slice(1), 10) })
    } else return path
  }
}

/** `["name"]` or `['name']`. */
function readBracket(reader: QueryReader): string {
  const at = reader.at
  reader.take(/\[\s*/y)
  const name = reader.quoted(`'`) ?? reader.quoted()
  if (name === null || reader.take(/\s*\]/y) === null) {
    reader.fail('Between brackets stands a number, * or a name in quotes, such as ["name"].', at)
  }
  return name
}

/** `path` is null where the field is taken as it is, not as JSON. */
function readComparison(
  reader: QueryReader,
  at: number,
  field: SearchField,
  path: readonly JsonStep[] | null,
): SearchCondition | { not: SearchCondition } {
  const operator = reader.take(/\s*(?:==?|!=|:)\s*/y)?.trim()
  if (operator === undefined) {
    reader.fail('A field needs something to compare with, such as $.name = "x" or key:x.', at)
  }
  const operandAt = reader.at
  const quoted = reader.quoted()
  const text = quoted ?? reader.take(/\S+/y)
  if (text === null) reader.fail(`There is nothing behind ${operator} to compare with.`, operandAt)
  const operand = { text, isQuoted: quoted !== null }
  const condition = conditionOf(field, path, operator, operand)
  return operator === '!=' ? { not: condition } : condition
}

function conditionOf(
  field: SearchField,
  path: readonly JsonStep[] | null,
  operator: string,
  operand: Operand,
): SearchCondition {
  if (typeof field === 'string' && path !== null) return { kind: 'json', field, path, operand }
  return { kind: operator === ':' ? 'contains' : 'equals', field, operand }
}

/** Thrown inside this file only, so that every reading function need not pass it on. */
class QueryProblem extends Error {
  readonly found: Extract<ParsedSearch, { ok: false }>

  constructor(sentence: string, at: number, length: number) {
    super(sentence)
    this.found = { ok: false, message: `Character ${at + 1}: ${sentence}`, at, length }
  }
}

class QueryReader {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.at === this.#text.length
  }

  skipSpace(): void {
    this.take(/\s+/y)
  }

  peek(character: string): boolean {
    return this.#text[this.at] === character
  }

  /** What a sticky pattern matches here; null, and nothing is read, where it does not. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const taken = pattern.exec(this.#text)?.[0]
    if (taken === undefined) return null
    this.at += taken.length
    return taken
  }

  /** What stands between quotes, with `\"` and `\\` for what would end it; null without a quote. */
  quoted(quote = '"'): string | null {
    if (!this.peek(quote)) return null
    let text = ''
    for (let at = this.at + 1; at < this.#text.length; at++) {
      const character = this.#text[at]
      if (character === quote) {
        this.at = at + 1
        return text
      }
      const next = this.#text[at + 1]
      const isEscape = character === '\\' && (next === quote || next === '\\')
      text += isEscape ? next : character
      if (isEscape) at++
    }
    return this.fail('The quote is never closed.')
  }

  /** Everything from `at` to where reading stands, or to the end where nothing was read, is wrong. */
  fail(sentence: string, at = this.at): never {
    const end = this.at > at ? this.at : this.#text.length
    throw new QueryProblem(sentence, at, Math.max(1, end - at))
  }
}
