'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

/**
 * One line of the navigation: icon and word, only the icon where the column is narrow. It is current
 * while the address is `href`, or lies under one of `sections`; with pages of its own (`children`),
 * these say which of them it is.
 */
export function NavLink({
  href,
  sections = [href],
  icon,
  text,
  count,
  children,
}: {
  readonly href: string
  readonly sections?: readonly string[]
  readonly icon: ReactNode
  readonly text: string
  /** How many there are behind it, where that is known. The page itself says so, too. */
  readonly count?: string | undefined
  readonly children?: ReactNode
}) {
  const isCurrent = useIsUnder(sections)
  const isItself = useIsUnder([href])
  const hasPages = children !== undefined
  return (
    <li>
      <Link
        href={href}
        title={text}
        aria-current={isCurrent && !hasPages ? 'page' : undefined}
        className={classNames(
          'nav-link flex h-[34px] items-center justify-center gap-2.5 rounded-md px-2.5 font-[450] xl:h-[30px] xl:justify-start',
          '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]',
          !isCurrent && 'text-ink-2 hover:bg-pressed hover:text-ink [&_svg]:text-ink-3',
          isCurrent && 'font-[580] text-ink',
          isCurrent && !hasPages && currentTile,
          // Where there is room for icons only, its first page has none of its own.
          isItself && hasPages && narrowTile,
        )}
      >
        {icon}
        <span className="nav-text sr-only xl:not-sr-only">{text}</span>
        {count === undefined ? null : (
          <span
            aria-hidden="true"
            className="nav-wide ml-auto hidden text-label text-ink-3 xl:block"
          >
            {count}
          </span>
        )}
      </Link>
      {hasPages ? <ul className="flex flex-col gap-px">{children}</ul> : null}
    </li>
  )
}

const currentTile = 'bg-sheet shadow-[0_0_0_1px_var(--line)] [&_svg]:text-river'
const narrowTile = 'max-xl:bg-sheet max-xl:shadow-[0_0_0_1px_var(--line)] max-xl:[&_svg]:text-river'

/** A page of a part; without an icon it is shown only where words are. */
export function NavSubLink({
  href,
  icon,
  text,
}: {
  readonly href: string
  readonly icon?: ReactNode
  readonly text: string
}) {
  const isCurrent = useIsUnder([href])
  return (
    <li className={icon === undefined ? 'nav-wide hidden xl:block' : undefined}>
      <Link
        href={href}
        title={text}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(
          'nav-link relative flex h-[34px] items-center justify-center rounded-md px-2.5 font-[450] no-underline! hover:bg-pressed xl:h-7 xl:justify-start xl:pl-9',
          '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75] xl:[&_svg]:hidden',
          isCurrent
            ? `text-river xl:before:absolute xl:before:inset-y-1.5 xl:before:left-[17px] xl:before:w-0.5 xl:before:bg-river ${narrowTile}`
            : 'text-ink-2 hover:text-ink [&_svg]:text-ink-3',
        )}
      >
        {icon}
        <span className="nav-text sr-only xl:not-sr-only">{text}</span>
      </Link>
    </li>
  )
}

function useIsUnder(sections: readonly string[]): boolean {
  const pathname = usePathname()
  return sections.some((path) => pathname === path || pathname.startsWith(`${path}/`))
}
