import { Fragment } from 'react'
import { CopyButton } from './copy-button.tsx'
import { SidewaysScroll } from './sideways-scroll.tsx'

/** A command for a terminal, with a button that copies it. */
export function CommandBlock({
  text,
  isWrapped = false,
}: {
  readonly text: string
  /** Shown on several lines where it is long; copied as one. */
  readonly isWrapped?: boolean
}) {
  return (
    <div className="relative overflow-hidden rounded-md border border-line bg-sunken">
      <div className="absolute top-1.5 right-1.5">
        <CopyButton text={text} label="Copy command" />
      </div>
      {isWrapped ? (
        <pre className="py-2.5 pr-11 pl-3 text-label leading-[19px] whitespace-pre-wrap">
          {wordsOf(text).map(({ at, word }) => (
            <Fragment key={at}>
              {at === 0 ? '' : ' '}
              <span className="inline-block max-w-full break-words">{word}</span>
            </Fragment>
          ))}
        </pre>
      ) : (
        <SidewaysScroll label="Command" className="overflow-x-auto">
          <pre className="w-max py-2.5 pr-11 pl-3 text-label leading-[19px]">{text}</pre>
        </SidewaysScroll>
      )}
    </div>
  )
}

/** Between spaces: a browser would break lines at every hyphen of a flag. */
function wordsOf(text: string): readonly { readonly at: number; readonly word: string }[] {
  let at = 0
  return text.split(' ').map((word) => {
    const found = { at, word }
    at += word.length + 1
    return found
  })
}
