import type { ReactNode } from 'react'

/** Figures in one line above what they sum up. Give it `Figure`s. */
export function StatStrip({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <dl
      aria-label={label}
      className="flex flex-wrap rounded-lg border border-line bg-sheet [&>div]:border-l [&>div]:border-line [&>div]:px-3 [&>div]:py-3 lg:[&>div]:px-4 [&>div:first-child]:border-l-0"
    >
      {children}
    </dl>
  )
}

/** One figure with its unit, and what it is above it. */
export function Figure({
  label,
  value,
  unit,
  hint,
}: {
  readonly label: ReactNode
  /** `–` where there is none. */
  readonly value: ReactNode
  readonly unit?: string
  readonly hint?: ReactNode
}) {
  return (
    <div className="flex min-w-28 flex-1 flex-col">
      <dt className="flex items-center gap-2 text-label font-[540] text-ink-2">{label}</dt>
      <dd className="text-figure font-[540] tracking-[-0.02em]">
        {value}
        {unit === undefined ? null : (
          <span className="text-body font-[450] tracking-normal text-ink-2"> {unit}</span>
        )}
      </dd>
      {hint === undefined ? null : <dd className="text-label text-ink-3">{hint}</dd>}
    </div>
  )
}
