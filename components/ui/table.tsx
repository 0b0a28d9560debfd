import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import { SidewaysScroll } from './sideways-scroll.tsx'

/** A table scrolls inside its own region, never the page. `label` names it for screen readers. */
export function Table({
  label,
  rowCount,
  isLong = false,
  children,
}: {
  readonly label: string
  /** Head included, where only the rows in sight are rendered. */
  readonly rowCount?: number
  /** Its head stays in sight while the page scrolls, where the screen is wide enough for the table. */
  readonly isLong?: boolean
  readonly children: ReactNode
}) {
  return (
    <SidewaysScroll
      label={label}
      className={isLong ? 'overflow-x-auto lg:overflow-x-visible' : 'overflow-x-auto'}
    >
      <table
        aria-label={label}
        aria-rowcount={rowCount}
        className={classNames('w-full border-collapse text-left', isLong && longTable)}
      >
        {children}
      </table>
    </SidewaysScroll>
  )
}

/** A rule of a sticky row is drawn as a shadow: collapsed borders stay behind. */
const longTable =
  'lg:[&_thead_th]:sticky lg:[&_thead_th]:top-0 lg:[&_thead_th]:z-10 lg:[&_thead_th]:bg-sheet lg:[&_thead_th]:shadow-[inset_0_-1px_0_var(--line-2)]'

export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead>
      <tr className="h-8 border-b border-line-2">{children}</tr>
    </thead>
  )
}

export function HeadCell({ className, ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        'pr-5 text-label font-[540] whitespace-nowrap text-ink-2 last:pr-0',
        className,
      )}
    />
  )
}

export function Row({
  index,
  children,
}: {
  /** Its place in the whole table, where only a part is rendered; the head is 1. */
  readonly index?: number
  readonly children: ReactNode
}) {
  return (
    <tr aria-rowindex={index} className="group h-10 border-b border-line hover:bg-hover">
      {children}
    </tr>
  )
}

export function Cell({ className, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return <td {...rest} className={classNames('pr-5 last:pr-0', className)} />
}
