import type { ReactNode } from 'react'
import type { SeriesColour } from './series.ts'

/** The colour of a series beside its name. */
export function Swatch({ colour }: { readonly colour: SeriesColour }) {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-2 shrink-0 rounded-[2px]"
      style={{ background: `var(--${colour})` }}
    />
  )
}

/** A name with the colour of its series before it. */
export function Swatched({
  colour,
  children,
}: {
  readonly colour: SeriesColour
  readonly children: ReactNode
}) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Swatch colour={colour} />
      {children}
    </span>
  )
}
