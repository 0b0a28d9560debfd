'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement } from 'react'

/** A sentence about the control inside, on hover and on focus. Never the only place of a fact. */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  readonly text: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes the focus. */
  readonly children: ReactElement
}) {
  return (
    <Radix.Provider delayDuration={300} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-[60] max-w-72 rounded-md bg-ink px-2 py-1 text-label text-sheet shadow-pop"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
