'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/**
 * Scrolls sideways where its content is too wide. Then, and only then, it takes the focus, so that
 * arrow keys reach what is out of sight.
 */
export function SidewaysScroll({
  label,
  className,
  children,
}: {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}) {
  const region = useRef<HTMLDivElement>(null)
  const [isTooWide, setTooWide] = useState(false)

  useEffect(() => {
    const element = region.current
    if (element === null) return
    const measure = () => {
      const scrolls = getComputedStyle(element).overflowX !== 'visible'
      setTooWide(scrolls && element.scrollWidth > element.clientWidth)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])

  return (
    <div
      ref={region}
      className={className}
      {...(isTooWide ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {})}
    >
      {children}
    </div>
  )
}
