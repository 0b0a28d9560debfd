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
        <pre className="py-2.5 pr-11 pl-3 text-label leading-[19px] break-words whitespace-pre-wrap">
          {text}
        </pre>
      ) : (
        <SidewaysScroll label="Command" className="overflow-x-auto">
          <pre className="w-max py-2.5 pr-11 pl-3 text-label leading-[19px]">{text}</pre>
        </SidewaysScroll>
      )}
    </div>
  )
}
