'use client'

import { useRef } from 'react'

/**
 * Gives the focus back where an overlay was opened from. Radix does so for a dialog with a trigger of
 * its own only; ours are opened by state, often from a menu that has closed meanwhile.
 */
export function useReturnFocus() {
  const origin = useRef<Element | null>(null)
  return {
    /** For `onOpenAutoFocus`, which runs before the focus moves. */
    remember() {
      origin.current = originOf(document.activeElement)
    },
    /** For `onCloseAutoFocus`. */
    giveBack(event: Event) {
      event.preventDefault()
      const element = origin.current
      if (element instanceof HTMLElement && element.isConnected) element.focus()
    },
  }
}

/** An item of a menu will be gone: what opened the menu stands for it. */
function originOf(active: Element | null): Element | null {
  const menu = active?.closest('[role="menu"]')
  const triggerId = menu?.getAttribute('aria-labelledby')
  return triggerId ? document.getElementById(triggerId) : active
}
