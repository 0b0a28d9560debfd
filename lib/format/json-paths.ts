import { type JsonToken, jsonTokens } from './json-tokens.ts'

/** Deeper or more than this, and a list of paths is no choice any more. */
const pathsMax = 200

/**
 * The scalars in a JSON text by their paths, such as `$.address.city` and `$.tags[0]`, each with the
 * text that was written (no digit is lost). Empty where it is no JSON object or array. Names that a
 * path cannot hold plainly stand in brackets: `$["odd name"]`.
 */
export function jsonScalars(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const tokens = jsonTokens(text)
  if (tokens === null || !/^[[{]$/.test(tokens[0]?.text ?? '')) return found
  const open: { path: string; index: number | null }[] = []
  let at = '$'
  for (const token of tokens) {
    if (found.size === pathsMax) break
    const inside = open.at(-1)
    if (token.text === '{') open.push({ path: at, index: null })
    else if (token.text === '[') {
      open.push({ path: at, index: 0 })
      at = `${at}[0]`
    } else if (token.text === '}' || token.text === ']') {
      at = open.pop()?.path ?? '$'
    } else if (token.text === ',' && inside?.index != null) {
      inside.index += 1
      at = `${inside.path}[${inside.index}]`
    } else if (token.kind === 'key') at = `${inside?.path ?? '$'}${step(token)}`
    else if (token.kind !== 'punctuation') found.set(at, token.text)
  }
  return found
}

function step({ text }: JsonToken): string {
  const name = text.slice(1, -1)
  // As JSON writes it, a name holds no line end and no bare quote.
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${text}]`
}
