import type { Operand, SearchQuery, SearchTerm } from '../../broker/rules/search-query.ts'
import type { RecordCursor } from '../../lib/kafka/record-cursor.ts'
import { anyCase } from './byte-patterns.ts'
import { hasValueAt, toBytePath } from './json-path.ts'
import { latin1Of } from './latin1.ts'
import { comparedValue } from './operand.ts'

/** Whether the record where the cursor stands matches; `text` is the cursor's bytes as Latin-1. */
export type Matcher = (text: string, record: RecordCursor) => boolean

/** All terms hold, or none does where it is negated. */
export function compileQuery({ terms }: SearchQuery): Matcher {
  const conditions = terms.map((term) => {
    const holds = compileTerm(term)
    return term.isNegated ? (text: string, record: RecordCursor) => !holds(text, record) : holds
  })
  return (text, record) => conditions.every((holds) => holds(text, record))
}

function compileTerm(term: SearchTerm): Matcher {
  if (term.kind === 'json') {
    const path = toBytePath(term.path)
    const wanted = comparedValue(term.operand)
    return term.field === 'key'
      ? (text, { keyAt: at, keyEnd: end }) => at >= 0 && hasValueAt({ text, end }, at, path, wanted)
      : (text, { valueAt: at, valueEnd: end }) =>
          at >= 0 && hasValueAt({ text, end }, at, path, wanted)
  }
  const satisfies = compileField(term.kind, term.operand)
  if (term.kind === 'text') {
    return (text, record) => satisfies(keyIn(text, record)) || satisfies(valueIn(text, record))
  }
  if (term.field === 'key') return (text, record) => satisfies(keyIn(text, record))
  if (term.field === 'value') return (text, record) => satisfies(valueIn(text, record))
  const { header } = term.field
  return (_text, record) =>
    record
      .headers()
      .some(({ key, value }) => key === header && satisfies(value?.toString('latin1') ?? null))
}

/** What is asked of a field's bytes; a field that is null satisfies nothing. */
function compileField(
  kind: 'text' | 'contains' | 'equals',
  { text, isQuoted }: Operand,
): (field: string | null) => boolean {
  const bytes = latin1Of(text)
  if (kind === 'equals') return (field) => field === bytes
  if (isQuoted) return (field) => field?.includes(bytes) === true
  const pattern = new RegExp(anyCase(text))
  return (field) => field !== null && pattern.test(field)
}

/** Slices of a string are views in V8: nothing is copied. */
function keyIn(text: string, { keyAt, keyEnd }: RecordCursor): string | null {
  return keyAt < 0 ? null : text.slice(keyAt, keyEnd)
}

function valueIn(text: string, { valueAt, valueEnd }: RecordCursor): string | null {
  return valueAt < 0 ? null : text.slice(valueAt, valueEnd)
}
