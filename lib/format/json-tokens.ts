/**
 * JSON as coloured lines, from its own text.
 *
 * Numbers are never parsed: a 64-bit id or a long decimal is shown with the digits that were written
 * (a JavaScript number would round it).
 */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'keyword' | 'punctuation'
  readonly text: string
}

/** Indented lines of tokens, or null where `text` is not one JSON object or array or scalar. */
export function jsonLines(text: string): readonly (readonly JsonToken[])[] | null {
  if (!isJson(text)) return null
  const printer = createPrinter()
  const tokens = text.match(tokenPattern) ?? []
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    if (token === '{' || token === '[') printer.open(token, next === '}' || next === ']')
    else if (token === '}' || token === ']') printer.close(token, tokens[index - 1])
    else if (token === ',') printer.comma()
    else if (token === ':') printer.add({ kind: 'punctuation', text: ': ' })
    else printer.add({ kind: scalarKind(token, next === ':'), text: token })
  }
  return printer.lines()
}

/** The tokens of `text` on one line, without indentation; null where it is no JSON. */
export function jsonTokens(text: string): readonly JsonToken[] | null {
  if (!isJson(text)) return null
  const tokens = text.match(tokenPattern) ?? []
  return tokens.map((token, index) => ({
    kind: /^[{}[\],:]$/.test(token)
      ? ('punctuation' as const)
      : scalarKind(token, tokens[index + 1] === ':'),
    text: token,
  }))
}

/** All of `text`, in pieces as JSON has them; it need not be JSON yet, and nothing is left out. */
export function codePieces(text: string): readonly JsonToken[] {
  const pieces: JsonToken[] = []
  let done = 0
  for (const { 0: token, index } of text.matchAll(tokenPattern)) {
    if (index > done) pieces.push({ kind: 'punctuation', text: text.slice(done, index) })
    done = index + token.length
    const isKey = /^\s*:/.test(text.slice(done, done + 100))
    const kind = /^[{}[\],:]$/.test(token) ? 'punctuation' : scalarKind(token, isKey)
    pieces.push({ kind, text: token })
  }
  if (done < text.length) pieces.push({ kind: 'punctuation', text: text.slice(done) })
  return pieces
}

/** The same JSON, indented by two spaces, digits untouched; null where it is no JSON. */
export function prettyJson(text: string): string | null {
  const lines = jsonLines(text)
  return lines?.map((line) => line.map((token) => token.text).join('')).join('\n') ?? null
}

export function isJson(text: string): boolean {
  try {
    // Only whether it parses is asked; the parsed value, with its rounded numbers, is dropped.
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/g

function scalarKind(token: string, isKey: boolean): JsonToken['kind'] {
  if (token.startsWith('"')) return isKey ? 'key' : 'string'
  return /^[tfn]/.test(token) ? 'keyword' : 'number'
}

function createPrinter() {
  const done: JsonToken[][] = []
  let line: JsonToken[] = []
  let depth = 0

  function breakLine() {
    done.push(line)
    line = depth === 0 ? [] : [{ kind: 'punctuation', text: '  '.repeat(depth) }]
  }

  return {
    add: (token: JsonToken) => {
      line.push(token)
    },
    open(bracket: string, isEmpty: boolean) {
      line.push({ kind: 'punctuation', text: bracket })
      if (isEmpty) return
      depth += 1
      breakLine()
    },
    close(bracket: string, previous: string | undefined) {
      if (previous !== '{' && previous !== '[') {
        depth -= 1
        breakLine()
      }
      line.push({ kind: 'punctuation', text: bracket })
    },
    comma() {
      line.push({ kind: 'punctuation', text: ',' })
      breakLine()
    },
    lines: () => [...done, line],
  }
}
