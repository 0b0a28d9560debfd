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
