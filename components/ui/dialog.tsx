'use client'

import { AlertDialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useReturnFocus } from './return-focus.ts'

/** A question that must be answered. Focus stays inside; Esc closes; focus returns. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  consequence,
  children,
}: {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly title: string
  readonly consequence: ReactNode
  readonly children: ReactNode
}) {
  const focus = useReturnFocus()
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            focus.remember()
            focusField(event)
          }}
          onCloseAutoFocus={focus.giveBack}
          className="dialog fixed top-1/2 left-1/2 z-50 flex w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 rounded-xl bg-sheet p-5 shadow-pop"
        >
          <div className="flex flex-col gap-1">
            <Radix.Title className="text-section tracking-[-0.008em] break-words">
              {title}
            </Radix.Title>
            <Radix.Description className="text-ink-2">{consequence}</Radix.Description>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The field to fill in comes first, then what is chosen already, then its first button, the safe one. */
function focusField(event: Event) {
  const dialog = event.target instanceof HTMLElement ? event.target : null
  const first = ['input', '[role="radio"][aria-checked="true"]', 'button']
    .map((selector) => dialog?.querySelector<HTMLElement>(selector))
    .find((element) => element)
  if (first === undefined || first === null) return
  event.preventDefault()
  first.focus()
}
