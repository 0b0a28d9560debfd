'use client'

import {
  Box,
  FileText,
  History,
  KeyRound,
  Layers,
  type LucideIcon,
  Plug,
  Plus,
  Search,
  Server,
  Zap,
} from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { Fragment, useEffect, useState } from 'react'
import { clusterIn, paths } from '../../lib/paths.ts'
import type { JumpTargets, Place } from '../../lib/queries/places.ts'
import { useActiveOption } from '../ui/active-option.ts'
import { classNames } from '../ui/class-names.ts'
import { Kbd } from '../ui/kbd.tsx'
import { useReturnFocus } from '../ui/return-focus.ts'
import { showToast } from '../ui/toasts.ts'
import { fetchJson } from './fetch-json.ts'
import {
  findEntries,
  type PaletteEntry,
  type PaletteGroup,
  paletteEntries,
} from './palette-entries.ts'
import { seenPages } from './seen-pages.ts'
import { signOutAndLeave } from './sign-out.ts'
import { chooseTheme } from './theme.ts'

/** So long nothing is typed, and the topics and keys are looked up. */
const typingPauseMs = 120

/** Everything that can be reached or done, by name; the field keeps the focus throughout. */
export function CommandPalette({
  bootstrap,
  onClose,
  onShowShortcuts,
}: {
  readonly bootstrap: string
  readonly onClose: () => void
  readonly onShowShortcuts: () => void
}) {
  const pathname = usePathname()
  const router = useRouter()
  const [text, setText] = useState('')
  const { places, targets } = usePaletteData(pathname, text)
  const [recent] = useState(seenPages)
  const found = findEntries(paletteEntries({ pathname, bootstrap, places, targets, recent }), text)

  function choose(entry: PaletteEntry) {
    onClose()
    const { does } = entry
    if ('go' in does) router.push(does.go)
    else if ('theme' in does) chooseTheme(does.theme)
    else if ('copy' in does) void copy(does)
    else if (does.run === 'shortcuts') onShowShortcuts()
    else void signOutAndLeave()
  }

  const focus = useReturnFocus()
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.giveBack}
          className="palette fixed top-[14vh] left-1/2 z-50 flex max-h-[min(480px,72vh)] w-[580px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-sheet shadow-pop"
        >
          <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
          <Entries text={text} onType={setText} found={found} onChoose={choose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Entries({
  text,
  onType,
  found,
  onChoose,
}: {
  readonly text: string
  readonly onType: (text: string) => void
  readonly found: readonly PaletteEntry[]
  readonly onChoose: (entry: PaletteEntry) => void
}) {
  const walk = useActiveOption({
    label: 'Results',
    count: found.length,
    onChoose: (index) => {
      const entry = found[index]
      if (entry !== undefined) onChoose(entry)
    },
  })
  return (
    <>
      <div className="relative shrink-0 border-b border-line">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-[15px] left-4 size-4 stroke-[1.75] text-ink-3"
        />
        <input
          {...walk.field}
          aria-label="Search or jump to"
          placeholder="Search or jump to…"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            onType(event.target.value)
            walk.setActive(0)
          }}
          className="h-[46px] w-full bg-transparent pr-4 pl-11 text-[15px] outline-none placeholder:text-ink-3"
        />
      </div>
      <div {...walk.list} className="min-h-0 overflow-y-auto p-1.5">
        {found.map((entry, index) => (
          <Fragment key={entry.id}>
            {entry.group === found[index - 1]?.group ? null : (
              <div role="presentation" className="px-2.5 pt-2 pb-1 text-label text-ink-2">
                {entry.group}
              </div>
            )}
            <div
              {...walk.option(index)}
              className={classNames(
                'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-[5px] px-2.5',
                index === walk.active && 'bg-hover',
              )}
            >
              <GroupIcon group={entry.group} />
              <span className="min-w-0 flex-1 truncate">{entry.text}</span>
              {entry.detail === undefined ? null : (
                <span className="max-w-[45%] shrink-0 truncate text-label text-ink-3">
                  {entry.detail}
                </span>
              )}
            </div>
          </Fragment>
        ))}
      </div>
      <p role="status" className={found.length === 0 ? 'px-4 py-4 text-ink-2' : 'sr-only'}>
        {found.length === 0 ? `Nothing is called “${text}” here.` : `${found.length} results`}
      </p>
      <div
        aria-hidden="true"
        className="flex shrink-0 items-center gap-4 border-t border-line px-4 py-2 text-label text-ink-3 [&>span]:flex [&>span]:items-center [&>span]:gap-1.5"
      >
        <span>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </div>
    </>
  )
}

const icons: Record<PaletteGroup, LucideIcon> = {
  Recent: History,
  'This topic': Layers,
  Topics: Layers,
  Connectors: Plug,
  'This cluster': FileText,
  Clusters: Server,
  Environments: Box,
  'API keys': KeyRound,
  'Go to': FileText,
  Create: Plus,
  Actions: Zap,
}

function GroupIcon({ group }: { readonly group: PaletteGroup }) {
  const Icon = icons[group]
  return <Icon aria-hidden="true" className="size-[15px] shrink-0 stroke-[1.75] text-ink-3" />
}

/** Places once; topics and keys of the open cluster for each text. */
function usePaletteData(pathname: string, text: string) {
  const [places, setPlaces] = useState<readonly Place[]>([])
  const [targets, setTargets] = useState<JumpTargets | null>(null)

  useEffect(() => {
    const gone = new AbortController()
    void fetchJson<readonly Place[]>(paths.places(), gone.signal).then((found) =>
      setPlaces(found ?? []),
    )
    return () => gone.abort()
  }, [])

  useEffect(() => {
    const at = clusterIn(pathname)
    if (at === null) return
    const gone = new AbortController()
    const timer = setTimeout(
      async () => {
        const path = paths.jumpTargets(at, { q: longestWord(text) })
        const found = await fetchJson<JumpTargets>(path, gone.signal)
        if (!gone.signal.aborted) setTargets(found)
      },
      text === '' ? 0 : typingPauseMs,
    )
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [pathname, text])

  return { places, targets }
}

/** The server looks for one text; the other words narrow down what it finds. */
function longestWord(text: string): string {
  return text
    .split(/\s+/)
    .reduce((longest, word) => (word.length > longest.length ? word : longest))
}

async function copy({ copy: copied, done }: { readonly copy: string; readonly done: string }) {
  try {
    await navigator.clipboard.writeText(copied)
    showToast({ text: done })
  } catch {
    showToast({ kind: 'error', text: `The browser did not let us copy ${copied}.` })
  }
}
