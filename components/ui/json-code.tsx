import { type JsonToken, jsonLines, jsonTokens } from '../../lib/format/json-tokens.ts'

export const tokenColours: Record<JsonToken['kind'], string> = {
  key: 'text-code-key',
  string: 'text-code-string',
  number: 'text-code-number',
  keyword: 'text-code-keyword',
  punctuation: 'text-ink-2',
}

/** Beyond this, an element per word would make the page slow; the text alone is quick. */
const charactersInLinesMax = 64_000

/** Text in numbered lines; JSON is indented and coloured, with every digit as it was written. */
export function CodeLines({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto bg-sunken py-2.5 font-mono text-label leading-[19px]"
    >
      {text.length > charactersInLinesMax ? (
        <pre className="px-4 break-all whitespace-pre-wrap">{text}</pre>
      ) : (
        <NumberedLines text={text} />
      )}
    </section>
  )
}

/** Numbers that are not selected with the text; JSON is indented and coloured. */
export function NumberedLines({ text }: { readonly text: string }) {
  const lines = jsonLines(text) ?? plainLines(text)
  return (
    <ol>
      {lines.map((line, index) => (
        <li key={index} className="flex">
          <span
            aria-hidden="true"
            className="w-[34px] shrink-0 pr-2.5 text-right text-ink-3 select-none"
          >
            {index + 1}
          </span>
          <span className="pr-4 break-all whitespace-pre-wrap">
            <Tokens tokens={line} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** A value on one line: field names quiet, values in ink. */
export function JsonInline({ text }: { readonly text: string }) {
  const tokens = jsonTokens(text)
  if (tokens === null) return text
  return tokens.map((token, index) => (
    <span
      key={index}
      className={token.kind === 'key' || token.kind === 'punctuation' ? 'text-ink-3' : undefined}
    >
      {inlineText(token)}
    </span>
  ))
}

function inlineText(token: JsonToken): string {
  if (token.kind === 'key') return `${token.text.slice(1, -1)} `
  if (token.text === ':') return ''
  return token.text === ',' ? ' ' : token.text
}

function Tokens({ tokens }: { readonly tokens: readonly JsonToken[] }) {
  return tokens.map((token, index) => (
    <span key={index} className={tokenColours[token.kind]}>
      {token.text}
    </span>
  ))
}

/** Text that is no JSON: its own lines, in ink. */
function plainLines(text: string): readonly (readonly JsonToken[])[] {
  return text.split('\n').map((line) => [{ kind: 'punctuation', text: line }])
}
