import type { Operand, SearchQuery, SearchTerm } from '../../broker/rules/search-query.ts'
import { anyCase, literal } from './byte-patterns.ts'
import { canonicalDecimal, plainDecimal } from './decimal.ts'

/**
 * What the bytes of every matching record hold somewhere, as a pattern over Latin-1 text; null where
 * nothing can be said. Records without it need not be looked at, which is nearly all of them.
 */
export function requiredPattern({ terms }: SearchQuery): RegExp | null {
  const needed = terms.flatMap((term) => requiredOf(term) ?? [])
  const [strictest] = needed.sort((a, b) => b.length - a.length)
  return strictest === undefined ? null : new RegExp(strictest.source, 'g')
}

interface Required {
  readonly source: string
  /** Of what is looked for: the longer, the rarer. */
  readonly length: number
}

function requiredOf(term: SearchTerm): Required | null {
  if (term.isNegated) return null
  const { text, isQuoted } = term.operand
  if (term.kind === 'json') return requiredInJson(term.operand)
  if (text === '') return null
  const isExact = isQuoted || term.kind === 'equals'
  return { source: isExact ? literal(text) : anyCase(text), length: text.length }
}

/** Any character of a JSON string may be written as an escape. */
const escaped = String.raw`\\`
/** What a number written with an exponent holds. */
const exponent = '[0-9][eE]'

function requiredInJson({ text, isQuoted }: Operand): Required | null {
  if (text === '') return null
  const decimal = isQuoted ? null : canonicalDecimal(text)
  if (decimal !== null) {
    const plain = plainDecimal(decimal)?.replace('-', '') ?? text
    // An integer may have zeros behind a point, but no digits around it.
    const around = /^\d+$/.test(plain) ? `(?<![0-9]${plain})(?![0-9])` : ''
    return { source: `${literal(plain)}${around}|${exponent}|${escaped}`, length: plain.length }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: They are what is looked for.
  const isEverEscaped = /["\\\u0000-\u001f]/.test(text)
  if (isEverEscaped) return { source: escaped, length: 1 }
  return { source: `${literal(text)}|${escaped}`, length: text.length }
}
