'use client'

import { useMemo } from 'react'

/** The browser lays out only the blocks in sight, so that megabytes scroll as kilobytes do. */
const blockCharacters = 8192

/** Plain text of any length, exactly as it is. */
export function LongText({
  text,
  label,
  isWrapped,
}: {
  readonly text: string
  readonly label: string
  readonly isWrapped: boolean
}) {
  const blocks = useMemo(() => blocksOf(text), [text])
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto bg-sunken px-4 py-2.5 font-mono text-label leading-[19px]"
    >
      {blocks.map((block, index) => (
        <pre
          key={index}
          className={isWrapped ? 'break-all whitespace-pre-wrap' : 'w-max'}
          style={
            blocks.length > 4
              ? { contentVisibility: 'auto', containIntrinsicSize: 'auto 3000px' }
              : undefined
          }
        >
          {block}
        </pre>
      ))}
    </section>
  )
}

/** Cut at line ends where there are any, since a block begins on a line of its own. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = from + blockCharacters
    const lineEnd = end < text.length ? text.lastIndexOf('\n', end) : -1
    const isLine = lineEnd > from
    let to = isLine ? lineEnd : Math.min(end, text.length)
    // Never between the halves of one character.
    if (!isLine && /[\ud800-\udbff]/.test(text[to - 1] ?? '')) to += 1
    blocks.push(text.slice(from, to))
    from = isLine ? to + 1 : to
  }
  return blocks
}
