import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export function Card({
  children,
  className,
  label,
}: {
  readonly children: ReactNode
  readonly className?: string
  readonly label?: string
}) {
  return (
    <section
      aria-label={label}
      className={classNames('rounded-lg border border-line bg-sheet', className)}
    >
      {children}
    </section>
  )
}

export function CardHeader({
  title,
  children,
}: {
  readonly title: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2">
      <h2 className="text-body">{title}</h2>
      {children}
    </div>
  )
}

/** Terms left, values right. */
export function KeyValues({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-col px-4 py-2.5">{children}</dl>
}

export function KeyValue({
  term,
  children,
}: {
  readonly term: string
  readonly children: ReactNode
}) {
  return (
    <div className="flex items-start justify-between gap-6 py-[3px]">
      <dt className="text-ink-2">{term}</dt>
      <dd className="min-w-0 text-right break-words">{children}</dd>
    </div>
  )
}
