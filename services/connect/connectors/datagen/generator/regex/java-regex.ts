// The regular expressions of schemas are Java's (more exactly those of the library that the
// original generator uses, which makes text and does not match it). This turns one into what our
// parser reads: quoting and POSIX classes are spelled out, lazy and possessive marks, which say how
// to match and not what, fall away, and what no text can be made for is refused.
//
// The original's library has operators of its own (@ # " & ~ <1-9>), which surprise people who write
// an address: here these characters are themselves.

/** Groups in groups: reading and making text are recursive. */
const nestingMax = 50

const classesByName: Record<string, string> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  XDigit: '0-9a-fA-F',
  Punct: '!-\\/:-@\\[-`{-~',
  Blank: ' \\t',
  Space: ' \\t-\\r',
  Graph: '!-~',
  Print: ' -~',
  ASCII: ' -~',
  L: 'a-zA-Z',
  Lu: 'A-Z',
  Ll: 'a-z',
  N: '0-9',
  Nd: '0-9',
  IsAlphabetic: 'a-zA-Z',
  IsDigit: '0-9',
}

/** Letters after a backslash that mean the same to Java and to our parser. */
const sharedEscapes = 'dDSwWtnrfxuc'
const anchors = 'AzZG'
const ownEscapes: Record<string, string> = {
  a: '\\x07',
  e: '\\x1b',
  h: '[ \\t]',
  s: '[ \\t-\\r]',
  v: '[\\n-\\r]',
}

/** Groups that say what is around a text, or how to match it. */
const specialGroups: readonly (readonly [start: RegExp, problem: string])[] = [
  [/^\(\?[=!]/, 'it looks ahead'],
  [/^\(\?<[=!]/, 'it looks behind'],
  [/^\(\?>/, 'atomic groups are not supported'],
  [/^\(\?[^:<]/, 'flags such as (?i) are not supported'],
]

export type TranslatedRegex = { readonly regex: string } | { readonly problem: string }

/** The expression for our parser, or a sentence why there is no text for it. */
export function translateRegex(java: string): TranslatedRegex {
  const parts: string[] = []
  let inClass = false
  let depth = 0
  let at = 0
  while (at < java.length) {
    const rest = java.slice(at)
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest)
    if (quoted !== null) {
      parts.push((quoted[1] ?? '').replace(/[^A-Za-z0-9]/g, '\\$&'))
      at += quoted[0].length
      continue
    }
    if (rest[0] === '\\') {
      const escaped = readEscape(rest, inClass)
      if ('problem' in escaped) return escaped
      parts.push(escaped.text)
      at += escaped.length
      continue
    }
    if (inClass) {
      if (rest.startsWith('&&')) return problemOf('&& in a class is not supported')
      if (rest[0] === '[') return problemOf('a bracket inside of a class is written \\[')
      inClass = rest[0] !== ']'
      parts.push(rest[0] ?? '')
      at++
      continue
    }
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})([?+]?)/.exec(rest)
    if (quantifier !== null) {
      const [whole, from, to, mark = ''] = quantifier
      if (from !== undefined && to && Number(to) < Number(from)) {
        return problemOf(`the numbers of ${whole} are out of order`)
      }
      parts.push(whole.slice(0, whole.length - mark.length))
      at += whole.length
      continue
    }
    if (rest[0] === '{') return problemOf('{ needs a number; the character itself is written \\{')
    const special = specialGroups.find(([start]) => start.test(rest))
    if (special !== undefined) return problemOf(special[1])
    if (rest[0] === '(') depth++
    if (rest[0] === ')') depth--
    if (depth > nestingMax) return problemOf(`groups are nested more than ${nestingMax} deep`)
    const opening = /^\[\^?\]?/.exec(rest)
    if (opening !== null) {
      inClass = true
      // In Java a bracket right at the beginning of a class is one of its characters.
      parts.push(opening[0].replace(']', '\\]'))
      at += opening[0].length
      continue
    }
    parts.push(rest[0] ?? '')
    at++
  }
  return { regex: parts.join('') }
}

type Escape = { readonly text: string; readonly length: number } | { readonly problem: string }

function readEscape(rest: string, inClass: boolean): Escape {
  const letter = rest[1]
  if (letter === undefined) return problemOf('a backslash at the end escapes nothing')
  const named = /^\\([pP])(?:\{(\w+)\}|(\w))/.exec(rest)
  if (named !== null) {
    const name = named[2] ?? named[3] ?? ''
    const characters = classesByName[name]
    if (characters === undefined || named[1] === 'P') {
      return problemOf(`the class ${named[0]} is not supported`)
    }
    return { text: inClass ? characters : `[${characters}]`, length: named[0].length }
  }
  if (!/[A-Za-z0-9]/.test(letter)) return { text: rest.slice(0, 2), length: 2 }
  if (sharedEscapes.includes(letter)) return { text: `\\${letter}`, length: 2 }
  if (!inClass && anchors.includes(letter)) return { text: '', length: 2 }
  const own = ownEscapes[letter]
  if (own !== undefined) {
    return { text: inClass ? own.replace(/^\[|\]$/g, '') : own, length: 2 }
  }
  if (/[1-9]/.test(letter)) return problemOf(`it refers back to a group (\\${letter})`)
  if (/[bB]/.test(letter)) return problemOf(`word boundaries (\\${letter}) are not supported`)
  return problemOf(`\\${letter} is no escape of Java`)
}

function problemOf(problem: string): { readonly problem: string } {
  return { problem }
}
