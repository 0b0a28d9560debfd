'use client'

import { type Ref, type TextareaHTMLAttributes, useRef } from 'react'
import { codePieces } from '../../lib/format/json-tokens.ts'
import { classNames } from './class-names.ts'
import { tokenColours } from './json-code.tsx'

/** Beyond this, colours would make typing slow. */
const colouredCharactersMax = 20_000

/**
 * A text area for code: numbered lines that never wrap, JSON in colours. What is typed is the text
 * area's own; numbers and colours lie over it and move along.
 */
export function CodeField({
  value,
  isJson,
  className,
  ...textarea
}: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value'> & {
  readonly value: string
  readonly isJson: boolean
}) {
  const code = useRef<HTMLPreElement>(null)
  const numbers = useRef<HTMLPreElement>(null)
  const isColoured = value.length <= colouredCharactersMax
  return (
    <div className="relative">
      <textarea
        {...textarea}
        wrap="off"
        value={value}
        onScroll={({ currentTarget: { scrollLeft, scrollTop } }) => {
          if (code.current)
            code.current.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`
          if (numbers.current) numbers.current.style.transform = `translateY(${-scrollTop}px)`
        }}
        className={classNames(
          'field code-field block w-full resize-y overflow-auto py-2 pr-2.5 font-mono text-label leading-[19px] disabled:bg-sunken',
          isColoured ? 'pl-[42px] pointer-fine:text-transparent' : 'pl-2.5',
          className,
        )}
      />
      {isColoured && textarea.disabled !== true ? (
        <Colours value={value} isJson={isJson} code={code} numbers={numbers} />
      ) : null}
    </div>
  )
}

function Colours({
  value,
  isJson,
  code,
  numbers,
}: {
  readonly value: string
  readonly isJson: boolean
  readonly code: Ref<HTMLPreElement>
  readonly numbers: Ref<HTMLPreElement>
}) {
  const lineCount = value.split('\n').length
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-px overflow-hidden rounded-[5px] font-mono text-label leading-[19px] pointer-coarse:hidden"
    >
      <div className="absolute inset-y-0 right-2.5 left-[42px] overflow-hidden">
        <pre ref={code} className="absolute top-2 left-0">
          {isJson
            ? codePieces(value).map((piece, index) => (
                <span key={index} className={tokenColours[piece.kind]}>
                  {piece.text}
                </span>
              ))
            : value}
        </pre>
      </div>
      <pre ref={numbers} className="absolute top-2 left-0 w-[32px] text-right text-ink-3">
        {Array.from({ length: lineCount }, (_, index) => index + 1).join('\n')}
      </pre>
    </div>
  )
}
