import type { FormEventHandler, ReactNode } from 'react'

/**
 * A form that fills the sheet: title, fields at the left, a summary at the right, and a bar at the
 * foot with the way back and the way on.
 */
export function Wizard({
  title,
  action,
  stepper,
  aside,
  back,
  children,
  next,
  onSubmit,
}: {
  readonly title: string
  /** At the right of the title. */
  readonly action?: ReactNode
  readonly stepper?: ReactNode
  readonly aside?: ReactNode
  readonly back: ReactNode
  readonly next: ReactNode
  readonly children: ReactNode
  readonly onSubmit: FormEventHandler<HTMLFormElement>
}) {
  return (
    <form onSubmit={onSubmit} noValidate className="flex min-h-full flex-[1_0_auto] flex-col">
      <div className="flex w-full max-w-[1656px] flex-1 flex-col gap-5 px-5 pt-[22px] pb-9 lg:px-7">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-page tracking-[-0.015em]">{title}</h1>
          {action}
        </div>
        {stepper}
        <div className="grid grid-cols-1 items-start justify-between gap-x-12 gap-y-6 xl:grid-cols-[minmax(0,720px)_340px]">
          <div className="flex flex-col gap-6">{children}</div>
          {aside === undefined ? null : (
            <aside aria-label="Summary" className="xl:sticky xl:top-[22px]">
              {aside}
            </aside>
          )}
        </div>
      </div>
      <div className="sticky bottom-0 flex h-[60px] shrink-0 items-center justify-between gap-4 border-t border-line bg-sheet px-5 lg:px-7">
        {/* A quiet button has room around its words, which begin where the page does. */}
        <div className="-ml-4">{back}</div>
        <div className="flex items-center gap-4">{next}</div>
      </div>
    </form>
  )
}
