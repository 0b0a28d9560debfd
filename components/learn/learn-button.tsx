'use client'

import { GraduationCap } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useShortcut } from '../shell/shortcuts.ts'
import { IconButton } from '../ui/button.tsx'
import { learnStore, setLearnOpen } from './learn-store.ts'

/** Opens and closes the panel with the tutorial. */
export function LearnButton({ wasOpen }: { readonly wasOpen: boolean }) {
  const isOpen = useSyncExternalStore(learnStore.subscribe, learnStore.read, () => wasOpen)
  const toggle = () => setLearnOpen(!isOpen)
  useShortcut({ keys: 'g l', label: 'Learn: the tutorial', group: 'Everywhere' }, toggle)
  return (
    <IconButton label="Learn" aria-expanded={isOpen} onClick={toggle}>
      <GraduationCap />
    </IconButton>
  )
}
