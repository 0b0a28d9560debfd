import { type ProgramToken, programLines, syntaxOf } from './program-tokens.ts'

const colours: Readonly<Record<ProgramToken['kind'], string | undefined>> = {
  comment: 'text-ink-3',
  string: 'text-code-string',
  number: 'text-code-number',
  keyword: 'text-code-keyword',
  plain: undefined,
}

/** A program in numbered lines; the numbers are not selected with it. */
export function ProgramCode({
  name,
  text,
}: {
  /** Of the file; its ending says how to read it. */
  readonly name: string
  readonly text: string
}) {
  return (
    <section
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-[560px] min-h-0 overflow-auto bg-sunken py-2.5 font-mono text-label leading-[19px]"
    >
      <ol className="min-w-max">
        {programLines(text, syntaxOf(name)).map((line, index) => (
          <li key={index} className="flex">
            <span
              aria-hidden="true"
              className="w-[38px] shrink-0 pr-3 text-right text-ink-3 select-none"
            >
              {index + 1}
            </span>
            <code className="pr-4 whitespace-pre">
              {line.map((token, at) => (
                <span key={at} className={colours[token.kind]}>
                  {token.text}
                </span>
              ))}
            </code>
          </li>
        ))}
      </ol>
    </section>
  )
}
