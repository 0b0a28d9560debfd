'use client'

import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A menu that opens from a button. */
export function Menu({
  trigger,
  children,
}: {
  readonly trigger: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-44 rounded-lg bg-sheet p-1 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export function MenuItem({
  children,
  icon,
  onSelect,
  isDanger = false,
}: {
  readonly children: ReactNode
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly isDanger?: boolean
}) {
  return (
    <Radix.Item
      onSelect={onSelect}
      className={classNames(
        'flex h-8 cursor-pointer items-center gap-2.5 rounded-[5px] px-2.5 text-body outline-none data-[highlighted]:bg-hover [&_svg]:size-[15px] [&_svg]:stroke-[1.75]',
        isDanger ? 'text-red' : 'text-ink [&_svg]:text-ink-3',
      )}
    >
      {icon}
      {children}
    </Radix.Item>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2.5 py-1.5 text-label text-ink-2">{children}</Radix.Label>
}

export function MenuRule() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
