'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import { learnStore } from './learn-store.ts'

const Tutorial = dynamic(() => import('./tutorial.tsx').then(({ Tutorial }) => Tutorial))

/** The side panel with the tutorial, where it is open; loaded when it is wanted. */
export function LearnPanel({ wasOpen }: { readonly wasOpen: boolean }) {
  const isOpen = useSyncExternalStore(learnStore.subscribe, learnStore.read, () => wasOpen)
  return isOpen ? <Tutorial /> : null
}
