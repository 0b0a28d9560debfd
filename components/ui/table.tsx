import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

/** A table scrolls inside its own region, never the page. `label` names it for screen readers. */
export function Table({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-left">
        {children}
      </table>
    </div>
  )
}

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

export function Row({ children }: { readonly children: ReactNode }) {
  return <tr className="group h-10 border-b border-line hover:bg-hover">{children}</tr>
}

export function Cell({ className, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return <td {...rest} className={classNames('pr-5 last:pr-0', className)} />
}
