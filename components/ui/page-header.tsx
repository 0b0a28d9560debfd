import type { ReactNode } from 'react'

/** Title left with one meta line under it, actions right, the primary one last. */
export function PageHeader({
  title,
  badge,
  meta,
  children,
}: {
  readonly title: string
  readonly badge?: ReactNode
  readonly meta?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-page tracking-[-0.015em] break-all">{title}</h1>
          {badge}
        </div>
        {meta === undefined ? null : (
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3.5 gap-y-1 text-field-label text-ink-2">
            {meta}
          </div>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </div>
  )
}
