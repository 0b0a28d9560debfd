'use client'

import { useSyncExternalStore } from 'react'

/** A hidden tab holds no stream: it would take one of the few connections that browsers allow. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      document.addEventListener('visibilitychange', onChange)
      return () => document.removeEventListener('visibilitychange', onChange)
    },
    () => document.visibilityState === 'visible',
    () => false,
  )
}
