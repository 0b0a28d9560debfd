'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { classNames } from './class-names.ts'
import { Field, type FieldLabels } from './field.tsx'
import { SearchableSelect } from './searchable-select.tsx'

/** From this many options on, the list has a field for searching it. */
const searchFrom = 8

export interface SelectOption {
  readonly value: string
  readonly label: string
}

export interface SelectProps {
  readonly options: readonly SelectOption[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isLarge?: boolean
  readonly disabled?: boolean
}

export function SelectField({
  options,
  value,
  onChange,
  isLarge,
  disabled,
  ...labels
}: SelectProps & FieldLabels) {
  return (
    <Field {...labels}>
      {(control) => {
        const className = classNames(
          'field flex w-full cursor-pointer items-center justify-between gap-2 px-2.5 text-left text-body [&>span]:truncate',
          isLarge ? 'h-9' : 'h-8',
        )
        if (options.length >= searchFrom) {
          return (
            <SearchableSelect
              label={labels.label}
              control={control}
              className={className}
              {...{ options, value, onChange, disabled: disabled ?? false }}
            />
          )
        }
        return (
          <Radix.Root value={value} onValueChange={onChange} disabled={disabled ?? false}>
            <Radix.Trigger {...control} className={className}>
              <Radix.Value />
              <ChevronDown aria-hidden="true" className="size-3.5 text-ink-3" />
            </Radix.Trigger>
            <SelectMenu options={options} />
          </Radix.Root>
        )
      }}
    </Field>
  )
}

/** A select for toolbars: quiet border, its name for screen readers only. */
export function ToolbarSelect({
  label,
  options,
  value,
  onChange,
}: SelectProps & { readonly label: string }) {
  const className =
    'field flex h-8 cursor-pointer items-center gap-2 border-line-2 px-2.5 text-body hover:bg-hover'
  if (options.length >= searchFrom) {
    return <SearchableSelect {...{ label, options, value, onChange, className }} />
  }
  return (
    <Radix.Root value={value} onValueChange={onChange}>
      <Radix.Trigger aria-label={label} className={className}>
        <Radix.Value />
        <ChevronDown aria-hidden="true" className="size-3.5 text-ink-3" />
      </Radix.Trigger>
      <SelectMenu options={options} />
    </Radix.Root>
  )
}

function SelectMenu({ options }: { readonly options: readonly SelectOption[] }) {
  return (
    <Radix.Portal>
      <Radix.Content
        position="popper"
        sideOffset={4}
        className="z-50 max-h-80 min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-lg bg-sheet p-1 shadow-pop"
      >
        <Radix.Viewport>
          {options.map((option) => (
            <Radix.Item
              key={option.value}
              value={option.value}
              className="flex h-8 cursor-pointer items-center justify-between gap-4 rounded-[5px] px-2.5 text-body outline-none data-[highlighted]:bg-hover"
            >
              <Radix.ItemText>{option.label}</Radix.ItemText>
              <Radix.ItemIndicator>
                <Check aria-hidden="true" className="size-3.5 text-river" />
              </Radix.ItemIndicator>
            </Radix.Item>
          ))}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  )
}
