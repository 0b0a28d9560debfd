/** The same JSON without the white space between its parts; strings and numbers stay as they are. */
export function compactJson(text: string): string {
  let compact = ''
  let from = 0
  for (let at = 0; at < text.length; ) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at)
    else if (isSpace(letter)) {
      compact += text.slice(from, at)
      while (isSpace(text[at])) at++
      from = at
    } else at++
  }
  return from === 0 ? text : compact + text.slice(from)
}

/** One past the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isSpace(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t'
}
