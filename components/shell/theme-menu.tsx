'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuChoices } from '../ui/menu.tsx'
import { chooseTheme, followTheme, themeStore } from './theme.ts'

export const themeChoices = [
  { value: 'system', label: 'As the system', icon: <Monitor /> },
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
] as const

/** Chooses the theme; until somebody does, the system's is followed. */
export function ThemeMenu() {
  const choice = useSyncExternalStore(
    themeStore.subscribe,
    themeStore.read,
    themeStore.readOnServer,
  )
  useEffect(followTheme, [])
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Moon className="dark:hidden" />
          <Sun className="hidden dark:block" />
        </IconButton>
      }
    >
      <MenuChoices label="Theme" choices={themeChoices} value={choice} onChange={chooseTheme} />
    </Menu>
  )
}
