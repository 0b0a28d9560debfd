'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'

/** A menu that opens from a button. */
export function Menu({
  trigger,
  align = 'end',
  onOpen,
  children,
}: {
  readonly trigger: ReactNode
  readonly onOpen?: () => void
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}) {
  return (
    <Radix.Root modal={false} onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-lg bg-sheet p-1 shadow-pop"
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
  shortcut,
  onSelect,
  isDanger = false,
}: {
  readonly children: ReactNode
  readonly icon?: ReactNode
  /** The key that does the same. */
  readonly shortcut?: string
  readonly onSelect: () => void
  readonly isDanger?: boolean
}) {
  return (
    <Radix.Item onSelect={onSelect} className={itemLook(isDanger)}>
      {icon}
      {children}
      {shortcut === undefined ? null : (
        <span className="ml-auto pl-4">
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </Radix.Item>
  )
}

/** An item that leads to a page; the one that is open has a check. */
export function MenuLink({
  href,
  icon,
  isCurrent = false,
  children,
}: {
  readonly href: string
  readonly icon?: ReactNode
  readonly isCurrent?: boolean
  readonly children: ReactNode
}) {
  return (
    <Radix.Item asChild className={itemLook(false)}>
      <Link href={href} aria-current={isCurrent ? 'true' : undefined}>
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {isCurrent ? <Check aria-hidden="true" className="shrink-0 !text-river" /> : null}
      </Link>
    </Radix.Item>
  )
}

/** One of several, of which one holds. */
export function MenuChoices<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: ReactNode
  }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}) {
  return (
    <Radix.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next)
        if (choice !== undefined) onChange(choice.value)
      }}
    >
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={itemLook(false)}>
          {choice.icon}
          {choice.label}
          <Radix.ItemIndicator className="ml-auto pl-4">
            <Check aria-hidden="true" className="!text-river" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

function itemLook(isDanger: boolean): string {
  return classNames(
    'flex h-8 cursor-pointer items-center gap-2.5 rounded-[5px] px-2.5 text-body outline-none data-[highlighted]:bg-hover [&_svg]:size-[15px] [&_svg]:shrink-0 [&_svg]:stroke-[1.75]',
    isDanger ? 'text-red' : 'text-ink [&_svg]:text-ink-3',
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2.5 py-1.5 text-label text-ink-2">{children}</Radix.Label>
}

export function MenuRule() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
