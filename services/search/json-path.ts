// JSON paths on JSON that is not parsed: bytes seen as Latin-1 text, one character per byte.
//
// Nothing is rounded and nothing is made but the one value that is compared. What comes before the
// value on its way is stepped over; what is no JSON there is no match. A property that stands twice
// in an object matches with either.

import type { JsonStep } from '../../broker/rules/search-query.ts'
import { latin1Of, readJsonString } from './latin1.ts'
import type { ComparedValue } from './operand.ts'

export interface JsonText {
  /** Latin-1. */
  readonly text: string
  /** Exclusive. */
  readonly end: number
}

/** A path whose names are Latin-1 too. */
export type BytePath = readonly JsonStep[]

export function toBytePath(path: readonly JsonStep[]): BytePath {
  return path.map((step) =>
    typeof step === 'object' && 'name' in step ? { name: latin1Of(step.name) } : step,
  )
}

/** Whether a value at `path` of the JSON that begins at `at` is the one that is looked for. */
export function hasValueAt(
  json: JsonText,
  at: number,
  path: BytePath,
  wanted: ComparedValue,
  depth = 0,
): boolean {
  const begin = skipSpace(json, at)
  const step = path[depth]
  const opening = codeAt(json, begin)
  if (opening === nothing) return false
  if (step === undefined) return wanted.isAt(json, begin, skipValue(json, begin))
  const isFound = (valueAt: number) => hasValueAt(json, valueAt, path, wanted, depth + 1)
  if (opening === brace && typeof step === 'object' && 'name' in step) {
    return someMember(
      json,
      begin,
      (name, value) => isNamed(json, name, step.name) && isFound(value),
    )
  }
  if (opening === brace && step === 'any')
    return someMember(json, begin, (_, value) => isFound(value))
  if (opening === bracket && (step === 'any' || 'index' in step)) {
    return someElement(json, begin, (index, value) =>
      step === 'any' || index === step.index ? isFound(value) : false,
    )
  }
  return false
}

const quote = 0x22
const backslash = 0x5c
const brace = 0x7b
const bracket = 0x5b
const closingBracket = 0x5d
const colon = 0x3a
const comma = 0x2c
/** Behind the end, where other records lie. */
const nothing = -1

function codeAt({ text, end }: JsonText, at: number): number {
  return at < end ? text.charCodeAt(at) : nothing
}

interface Range {
  readonly at: number
  readonly end: number
}

/** Goes through the members of the object at `at` until one satisfies; false where none does. */
function someMember(
  json: JsonText,
  at: number,
  satisfies: (name: Range, valueAt: number) => boolean,
): boolean {
  for (let next = skipSpace(json, at + 1); codeAt(json, next) === quote; ) {
    const nameEnd = skipString(json, next)
    const separatorAt = skipSpace(json, nameEnd)
    if (codeAt(json, separatorAt) !== colon) return false
    const valueAt = skipSpace(json, separatorAt + 1)
    if (satisfies({ at: next, end: nameEnd }, valueAt)) return true
    const separator = skipSpace(json, skipValue(json, valueAt))
    if (codeAt(json, separator) !== comma) return false
    next = skipSpace(json, separator + 1)
  }
  return false
}

function someElement(
  json: JsonText,
  at: number,
  satisfies: (index: number, valueAt: number) => boolean,
): boolean {
  let next = skipSpace(json, at + 1)
  for (let index = 0; ; index++) {
    const code = codeAt(json, next)
    if (code === nothing || code === closingBracket) return false
    if (satisfies(index, next)) return true
    const separator = skipSpace(json, skipValue(json, next))
    if (codeAt(json, separator) !== comma) return false
    next = skipSpace(json, separator + 1)
  }
}

/** Names are nearly always written without escapes, and of another length. */
function isNamed({ text }: JsonText, { at, end }: Range, name: string): boolean {
  if (end - at - 2 === name.length) return text.startsWith(name, at + 1)
  const written = text.slice(at, end)
  return written.includes('\\') && readJsonString(written) === name
}

function skipSpace({ text, end }: JsonText, at: number): number {
  let next = at
  while (next < end) {
    const code = text.charCodeAt(next)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
    next++
  }
  return next
}

/** One past the closing quote of the string that begins at `at`. */
function skipString({ text, end }: JsonText, at: number): number {
  for (let next = at + 1; next < end; next++) {
    const code = text.charCodeAt(next)
    if (code === quote) return next + 1
    if (code === backslash) next++
  }
  return end
}

/** One past the value that begins at `at`; nesting is counted, not followed. */
function skipValue(json: JsonText, at: number): number {
  const { text, end } = json
  let depth = 0
  for (let next = at; next < end; ) {
    const code = text.charCodeAt(next)
    if (code === quote) {
      next = skipString(json, next)
      if (depth === 0) return next
      continue
    }
    // Braces and brackets differ from each other by 0x20.
    const folded = code | 0x20
    if (folded === 0x7b) depth++
    else if (folded === 0x7d) {
      if (depth === 0) return next
      depth--
      if (depth === 0) return next + 1
    } else if (depth === 0 && isEndOfScalar(code)) return next
    next++
  }
  return end
}

function isEndOfScalar(code: number): boolean {
  return code === comma || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
