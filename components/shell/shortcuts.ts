'use client'

import { useEffect, useRef } from 'react'

/**
 * Keyboard shortcuts. Whoever mounts one registers it, so the sheet behind `?` lists exactly what
 * works on the page. One listener serves all of them.
 *
 * Single keys and chords rest while somebody types, while a dialog or menu is open, and where the
 * reader has switched them off (WCAG 2.1.4); combinations with Ctrl or Cmd always work.
 */
export interface Shortcut {
  /** `mod+k` (Cmd on a Mac, Ctrl elsewhere), a key as `KeyboardEvent.key` names it, or `g t`. */
  readonly keys: string
  readonly label: string
  readonly group: 'Everywhere' | 'Go to' | 'This page'
}

interface Registered extends Shortcut {
  readonly run: () => void
}

/** Longer than this between two keys, and they are no chord. */
const chordMs = 1200
const storageKey = 'tributary-single-keys'

const registered = new Set<Registered>()
const listeners = new Set<() => void>()
let list: readonly Shortcut[] = []
let pending: { key: string; atMs: number } | null = null

export function useShortcut(shortcut: Shortcut | null, run: () => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const { keys, label, group } = shortcut ?? {}
  useEffect(() => {
    if (keys === undefined || label === undefined || group === undefined) return
    return register({ keys, label, group, run: () => latest.current() })
  }, [keys, label, group])
}

/** For `useSyncExternalStore`: what is mounted just now. */
export const shortcutStore = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: () => list,
  readOnServer: () => none,
}

const none: readonly Shortcut[] = []

export function hasSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing keeps the shortcuts.
  }
}

/** `mod+k` as the reader's keyboard prints it, key by key. */
export function printedKeys(keys: string): readonly string[] {
  return keys.split(/[ +]/).map((key) => {
    if (key === 'mod') return isMac() ? '⌘' : 'Ctrl'
    return key.length === 1 ? key.toUpperCase() : key
  })
}

function register(shortcut: Registered): () => void {
  if (registered.size === 0) addEventListener('keydown', onKeyDown)
  registered.add(shortcut)
  publish()
  return () => {
    registered.delete(shortcut)
    if (registered.size === 0) removeEventListener('keydown', onKeyDown)
    publish()
  }
}

function publish() {
  list = [...registered].map(({ keys, label, group }) => ({ keys, label, group }))
  for (const listener of listeners) listener()
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return
  const isModified = event.ctrlKey || event.metaKey
  const pressed = isModified ? `mod+${event.key.toLowerCase()}` : event.key
  if (!isModified && (isTaken(event.target) || !hasSingleKeys())) return
  const chord =
    pending !== null && event.timeStamp - pending.atMs < chordMs
      ? `${pending.key} ${pressed}`
      : null
  pending = null
  const match = find(chord) ?? find(pressed)
  if (match !== undefined) {
    event.preventDefault()
    match.run()
  } else if ([...registered].some(({ keys }) => keys.startsWith(`${pressed} `))) {
    pending = { key: pressed, atMs: event.timeStamp }
  }
}

/** The one mounted last wins: a page may take a key of the frame. */
function find(keys: string | null): Registered | undefined {
  return keys === null ? undefined : [...registered].findLast((one) => one.keys === keys)
}

/** Whether keys mean something else there: text, or a dialog, menu or list that is walked by keys. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type=checkbox]):not([type=radio]), textarea, select, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]',
    ) !== null
  )
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
