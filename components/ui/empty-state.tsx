import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** Says what is absent, teaches in one paragraph, names the next step; a drawing at the right. */
export function EmptyState({
  title,
  children,
  actions,
  more,
  drawing,
  isWide = false,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** Another way, below the actions. */
  readonly more?: ReactNode
  readonly drawing?: ReactNode
  /** Where several ways stand beside each other. */
  readonly isWide?: boolean
}) {
  return (
    <div
      className={classNames(
        'grid grid-cols-1 items-start gap-10 py-9',
        isWide
          ? 'xl:grid-cols-[minmax(0,740px)_minmax(0,1fr)]'
          : 'lg:grid-cols-[minmax(0,460px)_minmax(0,1fr)]',
      )}
    >
      <div className="flex flex-col items-start gap-4">
        <div className="flex flex-col gap-1.5">
          <h2 className="text-empty tracking-[-0.008em]">{title}</h2>
          <div className="text-ink-2">{children}</div>
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
        {more === undefined ? null : <div className="w-full border-t border-line pt-4">{more}</div>}
      </div>
      {drawing === undefined ? null : (
        <div
          aria-hidden="true"
          className={classNames(
            'hidden',
            isWide ? 'max-w-[320px] xl:block' : 'max-w-[420px] lg:block',
          )}
        >
          {drawing}
        </div>
      )}
    </div>
  )
}
