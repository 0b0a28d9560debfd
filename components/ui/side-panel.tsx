'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'

/**
 * A panel beside the page, not modal: it pushes the content on wide screens and lies over it on
 * narrower ones. It takes the focus when it opens and gives it back when it closes; Esc closes it.
 */
export function SidePanel({
  title,
  onClose,
  actions,
  isSheetWhenNarrow = false,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly actions?: ReactNode
  /** Comes from the bottom on narrow screens, so that what is above stays in sight. */
  readonly isSheetWhenNarrow?: boolean
  readonly children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus({ preventScroll: true })
    return () => giveBackFocus(before)
  }, [])
  return (
    <aside
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      className={classNames(
        'drawer z-20 flex flex-col border-l border-line-2 bg-sheet',
        'min-[1200px]:sticky min-[1200px]:top-0 min-[1200px]:h-[calc(100dvh-49px)] min-[1200px]:w-[424px] min-[1200px]:shrink-0',
        'max-[1199px]:fixed max-[1199px]:right-0 max-[1199px]:bottom-0 max-[1199px]:shadow-pop',
        isSheetWhenNarrow
          ? 'max-[1199px]:h-[340px] max-[1199px]:w-full md:max-[1199px]:w-[calc(100%-56px)]'
          : 'max-[1199px]:top-12 max-[1199px]:w-[440px] max-[1199px]:max-w-full',
      )}
    >
      <div className="flex h-12 shrink-0 items-center justify-between gap-2 border-b border-line px-5">
        <h2 ref={heading} tabIndex={-1} className="text-section outline-none">
          {title}
        </h2>
        <div className="flex items-center gap-1">
          {actions}
          <IconButton label="Close" onClick={onClose}>
            <X />
          </IconButton>
        </div>
      </div>
      {children}
    </aside>
  )
}

/** To the row or button it was opened from, unless that has gone or the reader has moved on. */
function giveBackFocus(before: Element | null) {
  const isNowhere = document.activeElement === null || document.activeElement === document.body
  if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus()
}
