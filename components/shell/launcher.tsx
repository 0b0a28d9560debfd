'use client'

import { CircleHelp, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { clusterIn, paths } from '../../lib/paths.ts'
import { IconButton } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { noteSeenPage } from './seen-pages.ts'
import { useShortcut } from './shortcuts.ts'
import { ThemeMenu } from './theme-menu.tsx'

const loadPalette = () => import('./command-palette.tsx')
const CommandPalette = dynamic(() => loadPalette().then(({ CommandPalette }) => CommandPalette))
const ShortcutSheet = dynamic(() =>
  import('./shortcut-sheet.tsx').then(({ ShortcutSheet }) => ShortcutSheet),
)

/** The way into the command palette and to the shortcuts; both are loaded when they are wanted. */
export function Launcher({ bootstrap }: { readonly bootstrap: string }) {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  useShortcut({ keys: 'mod+k', label: 'Search or jump to', group: 'Everywhere' }, () =>
    setOpen((before) => (before === 'palette' ? undefined : 'palette')),
  )
  useShortcut({ keys: '?', label: 'Keyboard shortcuts', group: 'Everywhere' }, () =>
    setOpen('shortcuts'),
  )
  useShortcut({ keys: '/', label: 'Search this page', group: 'Everywhere' }, focusSearch)
  useGoToShortcuts()
  useSeenPages()
  return (
    <>
      <button
        type="button"
        aria-label="Search or jump to"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen('palette')}
        onPointerEnter={loadPalette}
        onFocus={loadPalette}
        className="mr-1 hidden h-[30px] w-[232px] cursor-pointer items-center gap-2 rounded-md border border-line-2 bg-sheet pr-1.5 pl-2.5 text-ink-3 hover:bg-hover lg:flex"
      >
        <Search aria-hidden="true" className="size-4 shrink-0 stroke-[1.75]" />
        <span className="flex-1 text-left">Search or jump to…</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <IconButton
        label="Search or jump to"
        className="lg:hidden"
        onClick={() => setOpen('palette')}
      >
        <Search />
      </IconButton>
      <ThemeMenu />
      <IconButton label="Keyboard shortcuts" onClick={() => setOpen('shortcuts')}>
        <CircleHelp />
      </IconButton>
      {open === 'palette' ? (
        <CommandPalette
          bootstrap={bootstrap}
          onClose={() => setOpen(undefined)}
          onShowShortcuts={() => setOpen('shortcuts')}
        />
      ) : null}
      {open === 'shortcuts' ? <ShortcutSheet onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

/** So long a page is looked at, and its title is its own. */
const seenAfterMs = 800

function useSeenPages() {
  const pathname = usePathname()
  useEffect(() => {
    const timer = setTimeout(() => noteSeenPage(pathname, document.title), seenAfterMs)
    return () => clearTimeout(timer)
  }, [pathname])
}

function useGoToShortcuts() {
  const router = useRouter()
  const at = clusterIn(usePathname())
  const inCluster = <Value,>(value: Value) => (at === null ? null : value)
  const go = (path: string | null) => path === null || router.push(path)
  useShortcut({ keys: 'g h', label: 'Home', group: 'Go to' }, () => go(paths.home()))
  useShortcut({ keys: 'g e', label: 'Environments', group: 'Go to' }, () =>
    go(paths.environments()),
  )
  useShortcut({ keys: 'g m', label: 'Metrics', group: 'Go to' }, () =>
    go(paths.metrics(at === null ? {} : { cluster: at.clusterId })),
  )
  useShortcut(inCluster({ keys: 'g o', label: 'Cluster Overview', group: 'Go to' }), () =>
    go(at && paths.cluster(at)),
  )
  useShortcut(inCluster({ keys: 'g t', label: 'Topics', group: 'Go to' }), () =>
    go(at && paths.topics(at)),
  )
  useShortcut(inCluster({ keys: 'g c', label: 'Clients', group: 'Go to' }), () =>
    go(at && paths.producers(at)),
  )
  useShortcut(inCluster({ keys: 'g n', label: 'Connectors', group: 'Go to' }), () =>
    go(at && paths.connectors(at)),
  )
  useShortcut(inCluster({ keys: 'g k', label: 'API Keys', group: 'Go to' }), () =>
    go(at && paths.apiKeys(at)),
  )
  useShortcut(inCluster({ keys: 'g s', label: 'Cluster Settings', group: 'Go to' }), () =>
    go(at && paths.clusterSettings(at)),
  )
}

function focusSearch() {
  document.querySelector<HTMLElement>('[data-shortcut="search"]')?.focus()
}
