// Parts of a JSON text as they were written. A number that is parsed and written again may be another
// one, and names may change their order. The text has been found to be JSON before.

/** The text of the value that `path` leads to; null where it leads nowhere. */
export function sourceAt(text: string, path: readonly string[]): string | null {
  let at = skipSpace(text, 0)
  let end = text.length
  for (const name of path) {
    const found = findMember(text, at, name)
    if (found === null) return null
    at = found.from
    end = found.to
  }
  return text.slice(at, end)
}

/** The texts of the items of a list. */
export function itemSources(list: string): readonly string[] {
  const items: string[] = []
  let at = skipSpace(list, skipSpace(list, 0) + 1)
  while (at < list.length && list[at] !== ']') {
    const end = endOfValue(list, at)
    items.push(list.slice(at, end))
    const comma = skipSpace(list, end)
    at = list[comma] === ',' ? skipSpace(list, comma + 1) : comma
  }
  return items
}

/** The same JSON without the white space between its parts; strings and numbers stay as they are. */
export function compactJson(text: string): string {
  let compact = ''
  let from = 0
  for (let at = 0; at < text.length; ) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at)
    else if (isSpace(letter)) {
      compact += text.slice(from, at)
      at = skipSpace(text, at)
      from = at
    } else at++
  }
  return from === 0 ? text : compact + text.slice(from)
}

/** The value of a member of the object at `at`: of a name that comes twice the last, as JSON.parse. */
function findMember(text: string, at: number, name: string): { from: number; to: number } | null {
  if (text[at] !== '{') return null
  let found: { from: number; to: number } | null = null
  let next = skipSpace(text, at + 1)
  while (text[next] === '"') {
    const endOfName = endOfString(text, next)
    const isIt = JSON.parse(text.slice(next, endOfName)) === name
    // One past the colon.
    const from = skipSpace(text, skipSpace(text, endOfName) + 1)
    const to = endOfValue(text, from)
    if (isIt) found = { from, to }
    const comma = skipSpace(text, to)
    next = text[comma] === ',' ? skipSpace(text, comma + 1) : comma
  }
  return found
}

/** One past the last letter of the value that begins at `from`. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; ) {
    const letter = text[at]
    if (letter === '"') {
      at = endOfString(text, at)
      if (depth === 0) return at
    } else if (letter === '{' || letter === '[') {
      depth++
      at++
    } else if (letter === '}' || letter === ']') {
      // It closes what the value stands in, or the value itself.
      if (depth === 0) return at
      depth--
      at++
      if (depth === 0) return at
    } else if (depth === 0 && (letter === ',' || isSpace(letter))) return at
    else at++
  }
  return text.length
}

/** One past the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text[at])) at++
  return at
}

function isSpace(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t'
}
