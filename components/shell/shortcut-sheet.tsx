'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState, useSyncExternalStore } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { useReturnFocus } from '../ui/return-focus.ts'
import { Switch } from '../ui/switch.tsx'
import {
  hasSingleKeys,
  printedKeys,
  type Shortcut,
  setSingleKeys,
  shortcutStore,
} from './shortcuts.ts'

const groups: readonly Shortcut['group'][] = ['Everywhere', 'Go to', 'This page']

/** Every shortcut that works on this page. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const shortcuts = useSyncExternalStore(
    shortcutStore.subscribe,
    shortcutStore.read,
    shortcutStore.readOnServer,
  )
  const [isOn, setOn] = useState(hasSingleKeys)
  const focus = useReturnFocus()
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.giveBack}
          className="dialog fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-xl bg-sheet shadow-pop"
        >
          <div className="flex items-center justify-between border-b border-line py-2.5 pr-3 pl-5">
            <Dialog.Title className="text-section tracking-[-0.008em]">
              Keyboard shortcuts
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="flex flex-col gap-4 overflow-y-auto px-5 py-4">
            {groups.map((group) => (
              <ShortcutGroup
                key={group}
                title={group}
                shortcuts={shortcuts.filter((shortcut) => shortcut.group === group)}
              />
            ))}
          </div>
          <div className="border-t border-line px-5 py-3">
            <Switch
              label="Shortcuts of a single key"
              isOn={isOn}
              onChange={(next) => {
                setSingleKeys(next)
                setOn(next)
              }}
            />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function ShortcutGroup({
  title,
  shortcuts,
}: {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}) {
  if (shortcuts.length === 0) return null
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="text-label font-[540] text-ink-2">{title}</h3>
      <dl>
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="flex min-h-7 items-center justify-between gap-6">
            <dt>{label}</dt>
            <dd className="flex items-center gap-1">
              {/* A span of several keys is read as one text. */}
              <span className="sr-only">{printedKeys(keys).join(' ')}</span>
              {printedKeys(keys).map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
