import { classNames } from './class-names.ts'

export type BadgeTone = 'river' | 'moss' | 'amber' | 'red' | 'stone'
export type BadgeShape =
  | 'disc'
  | 'ring-turning'
  | 'ring'
  | 'ring-dashed'
  | 'triangle'
  | 'lozenge'
  | 'bars'

const texts: Record<BadgeTone, string> = {
  river: 'text-river',
  moss: 'text-moss',
  amber: 'text-amber',
  red: 'text-red',
  stone: 'text-stone',
}

const pills: Record<BadgeTone, string> = {
  river: 'bg-river-tint border-river-line',
  moss: 'bg-moss-tint border-moss-line',
  amber: 'bg-amber-tint border-amber-line',
  red: 'bg-red-tint border-red-line',
  stone: 'bg-stone-tint border-stone-line',
}

/** A state by colour, shape and word together. Plain in lists, a pill in headers. */
export function Badge({
  tone,
  shape,
  word,
  isPill = false,
}: {
  readonly tone: BadgeTone
  readonly shape: BadgeShape
  readonly word: string
  readonly isPill?: boolean
}) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 text-label font-[560] whitespace-nowrap',
        texts[tone],
        isPill && `h-[22px] rounded-[5px] border px-2 ${pills[tone]}`,
      )}
    >
      <Shape shape={shape} />
      {word}
    </span>
  )
}

function Shape({ shape }: { readonly shape: BadgeShape }) {
  if (shape === 'ring-turning') {
    return (
      <span
        aria-hidden="true"
        className="size-2.5 animate-spin rounded-full border-[1.5px] border-current border-r-transparent"
      />
    )
  }
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="size-[9px] fill-current">
      {shape === 'disc' ? <circle cx="5" cy="5" r="4" /> : null}
      {shape === 'ring' ? (
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      ) : null}
      {shape === 'ring-dashed' ? (
        <circle
          cx="5"
          cy="5"
          r="4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeDasharray="2.2 1.9"
        />
      ) : null}
      {shape === 'triangle' ? <path d="M5 0.8 9.6 9H0.4Z" /> : null}
      {shape === 'lozenge' ? <path d="M5 0 10 5 5 10 0 5Z" /> : null}
      {shape === 'bars' ? <path d="M1.5 1h2.6v8H1.5zM5.9 1h2.6v8H5.9z" /> : null}
    </svg>
  )
}
