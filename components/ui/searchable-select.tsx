'use client'

import { Check, ChevronDown, Search } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useActiveOption } from './active-option.ts'
import { classNames } from './class-names.ts'
import type { FieldControl } from './field.tsx'
import type { SelectOption, SelectProps } from './select.tsx'

/** A select whose list has a field for searching it; `select.tsx` takes it from eight options on. */
export function SearchableSelect({
  label,
  control,
  options,
  value,
  onChange,
  disabled,
  className,
}: SelectProps & {
  readonly label: string
  readonly control?: FieldControl
  readonly className: string
}) {
  const [isOpen, setOpen] = useState(false)
  const chosen = options.find((option) => option.value === value)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        {...control}
        type="button"
        role="combobox"
        aria-label={control === undefined ? label : undefined}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        disabled={disabled}
        className={className}
      >
        <span className="truncate">{chosen?.label ?? 'Choose'}</span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={label}
          className="z-50 flex max-h-[360px] min-w-[max(240px,var(--radix-popover-trigger-width))] flex-col overflow-hidden rounded-lg bg-sheet shadow-pop"
        >
          <Options
            label={label}
            options={options}
            value={value}
            onChoose={(next) => {
              setOpen(false)
              onChange(next)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Options({
  label,
  options,
  value,
  onChoose,
}: {
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly value: string
  readonly onChoose: (value: string) => void
}) {
  const [text, setText] = useState('')
  const found = options.filter((option) => matches(option, text))
  const walk = useActiveOption({
    label,
    count: found.length,
    initial: Math.max(
      0,
      options.findIndex((option) => option.value === value),
    ),
    onChoose: (index) => {
      const option = found[index]
      if (option !== undefined) onChoose(option.value)
    },
  })
  return (
    <>
      <div className="relative shrink-0 border-b border-line">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-2.5 left-3 size-4 stroke-[1.75] text-ink-3"
        />
        <input
          {...walk.field}
          aria-label={`Search ${label}`}
          placeholder="Search"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            walk.setActive(0)
          }}
          className="h-9 w-full bg-transparent pr-3 pl-9 text-body outline-none placeholder:text-ink-3"
        />
      </div>
      <div {...walk.list} className="min-h-0 overflow-y-auto p-1">
        {found.map((option, index) => (
          <div
            key={option.value}
            {...walk.option(index)}
            className={classNames(
              'flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-[5px] px-2.5 text-body',
              index === walk.active && 'bg-hover',
            )}
          >
            {option.label}
            {option.value === value ? (
              <Check aria-hidden="true" className="size-3.5 shrink-0 text-river" />
            ) : null}
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p role="status" className="px-3.5 py-3 text-ink-2">
          Nothing matches “{text}”.
        </p>
      ) : null}
    </>
  )
}

function matches(option: SelectOption, text: string): boolean {
  return option.label.toLowerCase().includes(text.trim().toLowerCase())
}
