'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Enough for a short list to be rendered whole, by the server too. */
const allBelow = 100

export interface RowsInSight {
  /** For the element that begins where the first row does. */
  readonly bodyRef: RefObject<HTMLTableSectionElement | null>
  /** The first row to render and the one after the last. */
  readonly from: number
  readonly to: number
  /** Room to leave before and after the rendered rows, in pixels. */
  readonly beforePx: number
  readonly afterPx: number
}

/**
 * Which rows of a long table to render: those that the scrolling `main` shows, and some more. Rows are
 * of one height. A table below 100 rows is rendered whole.
 */
export function useRowsInSight(count: number, rowPx: number): RowsInSight {
  const bodyRef = useRef<HTMLTableSectionElement>(null)
  const [startPx, setStartPx] = useState(0)
  const isWhole = count < allBelow

  // What is above the table decides where its rows begin; it changes with the page's own width.
  useLayoutEffect(() => {
    const body = bodyRef.current
    const page = scroller(body)
    if (body === null || page === null) return
    const measure = () =>
      setStartPx(
        body.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop,
      )
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(page)
    return () => observer.disconnect()
  }, [count])

  const virtualizer = useVirtualizer({
    count,
    enabled: !isWhole,
    estimateSize: () => rowPx,
    getScrollElement: () => scroller(bodyRef.current),
    scrollMargin: startPx,
    overscan: 12,
    initialRect: { width: 0, height: 900 },
  })
  if (isWhole) return { bodyRef, from: 0, to: count, beforePx: 0, afterPx: 0 }
  const rows = virtualizer.getVirtualItems()
  const from = rows[0]?.index ?? 0
  const to = (rows.at(-1)?.index ?? -1) + 1
  return { bodyRef, from, to, beforePx: from * rowPx, afterPx: (count - to) * rowPx }
}

function scroller(element: HTMLElement | null): HTMLElement | null {
  return element?.closest('main') ?? null
}
