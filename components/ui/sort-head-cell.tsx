import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { HeadCell } from './table.tsx'

export type SortDirection = 'ascending' | 'descending'

/** The head of a column that the rows can be put in order of. */
export function SortHeadCell({
  direction,
  onSort,
  isNumber = false,
  className,
  children,
}: {
  /** Null where the rows are in order of another column. */
  readonly direction: SortDirection | null
  readonly onSort: () => void
  /** Numbers stand at the right. */
  readonly isNumber?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <HeadCell
      aria-sort={direction ?? undefined}
      className={classNames(isNumber && 'text-right', className)}
    >
      <button
        type="button"
        onClick={onSort}
        className={classNames(
          'group/sort inline-flex cursor-pointer items-center gap-1.5 rounded-sm hover:text-ink',
          isNumber && 'flex-row-reverse',
          direction !== null && 'text-ink',
        )}
      >
        {children}
        <Arrow
          aria-hidden="true"
          className={classNames(
            'size-[13px] stroke-[1.75]',
            direction === null && 'opacity-0 group-hover/sort:opacity-60',
          )}
        />
      </button>
    </HeadCell>
  )
}
