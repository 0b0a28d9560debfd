'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

/**
 * One line of the navigation: icon and word, only the icon where the column is narrow. It is current
 * while the address is `href`, or lies under one of `sections`.
 */
export function NavLink({
  href,
  sections,
  icon,
  text,
}: {
  readonly href: string
  readonly sections: readonly string[]
  readonly icon: ReactNode
  readonly text: string
}) {
  const pathname = usePathname()
  const isCurrent = sections.some((path) => pathname === path || pathname.startsWith(`${path}/`))
  return (
    <li>
      <Link
        href={href}
        title={text}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(
          'nav-link flex h-[34px] items-center justify-center gap-2.5 rounded-md px-2.5 font-[450] xl:h-[30px] xl:justify-start',
          '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]',
          isCurrent
            ? 'bg-sheet font-[580] text-ink shadow-[0_0_0_1px_var(--line)] [&_svg]:text-river'
            : 'text-ink-2 hover:bg-pressed hover:text-ink [&_svg]:text-ink-3',
        )}
      >
        {icon}
        <span className="nav-text sr-only xl:not-sr-only">{text}</span>
      </Link>
    </li>
  )
}
