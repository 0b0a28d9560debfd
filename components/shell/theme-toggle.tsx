'use client'

import { Moon, Sun } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '../ui/button.tsx'

/** Where the choice is kept; `themeScript` reads it before the first paint. */
const storageKey = 'tributary-theme'

/** Switches light and dark. Until it is used, the system's choice is followed. */
export function ThemeToggle() {
  useEffect(followSystem, [])
  return (
    <IconButton label="Switch between light and dark" onClick={switchTheme}>
      <Moon className="dark:hidden" />
      <Sun className="hidden dark:block" />
    </IconButton>
  )
}

function switchTheme() {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
}

function followSystem() {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    if (!isChosen()) document.documentElement.dataset.theme = system.matches ? 'dark' : 'light'
  }
  system.addEventListener('change', follow)
  return () => system.removeEventListener('change', follow)
}

function isChosen(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null
  } catch {
    return false
  }
}
