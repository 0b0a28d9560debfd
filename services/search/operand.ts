import type { Operand } from '../../broker/rules/search-query.ts'
import { canonicalDecimal } from './decimal.ts'
import type { JsonText } from './json-path.ts'
import { latin1Of, readJsonString } from './latin1.ts'

/** What a JSON value is compared with; lossless, and made once per search. */
export interface ComparedValue {
  /** Whether the JSON value in `at`…`end` is this one. */
  isAt(json: JsonText, at: number, end: number): boolean
}

export function comparedValue({ text, isQuoted }: Operand): ComparedValue {
  const bytes = latin1Of(text)
  const decimal = isQuoted ? null : canonicalDecimal(text)
  const keyword = !isQuoted && ['true', 'false', 'null'].includes(text)
  return {
    isAt(json, at, end) {
      const first = json.text.charCodeAt(at)
      if (first === 0x22) return isString(json.text, at, end, bytes)
      if (keyword) return end - at === bytes.length && json.text.startsWith(bytes, at)
      const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39)
      if (decimal === null || !isNumber) return false
      return isDecimal(json.text.slice(at, end), bytes, decimal)
    },
  }
}

function isString(text: string, at: number, end: number, bytes: string): boolean {
  if (end - at === bytes.length + 2 && text.startsWith(bytes, at + 1)) {
    // What was typed may hold a backslash, which in JSON never stands for itself.
    return !bytes.includes('\\')
  }
  const written = text.slice(at, end)
  return written.includes('\\') && readJsonString(written) === bytes
}

function isDecimal(written: string, text: string, decimal: string): boolean {
  return written === text || canonicalDecimal(written) === decimal
}
