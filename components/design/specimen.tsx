import type { ReactNode } from 'react'

/** One part of the kit under its name. */
export function Specimen({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-2.5">
      <h3 className="text-label font-[500] text-ink-2">{title}</h3>
      {children}
    </section>
  )
}

export function Line({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}
