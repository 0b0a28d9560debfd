/** Light, dark, or as the system has it, kept in the browser; `theme-script.tsx` reads it first. */
export type ThemeChoice = 'system' | 'light' | 'dark'

const storageKey = 'tributary-theme'
const listeners = new Set<() => void>()

/** For `useSyncExternalStore`. */
export const themeStore = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: chosenTheme,
  readOnServer: (): ThemeChoice => 'system',
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, choice)
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
  paint(choice)
  for (const listener of listeners) listener()
}

/** Goes along when the system, or another tab, changes its mind. */
export function followTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    paint(chosenTheme())
    for (const listener of listeners) listener()
  }
  system.addEventListener('change', follow)
  addEventListener('storage', follow)
  return () => {
    system.removeEventListener('change', follow)
    removeEventListener('storage', follow)
  }
}

function chosenTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(storageKey)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

function paint(choice: ThemeChoice) {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = choice === 'system' ? system : choice
}
