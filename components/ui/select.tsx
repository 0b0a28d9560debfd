'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { classNames } from './class-names.ts'
import { Field, type FieldLabels } from './field.tsx'

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
      {(control) => (
        <Radix.Root value={value} onValueChange={onChange} disabled={disabled ?? false}>
          <Radix.Trigger
            {...control}
            className={classNames(
              'field flex w-full cursor-pointer items-center justify-between gap-2 px-2.5 text-left text-body',
              isLarge ? 'h-9' : 'h-8',
            )}
          >
            <Radix.Value />
            <ChevronDown aria-hidden="true" className="size-3.5 text-ink-3" />
          </Radix.Trigger>
          <SelectMenu options={options} />
        </Radix.Root>
      )}
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
  return (
    <Radix.Root value={value} onValueChange={onChange}>
      <Radix.Trigger
        aria-label={label}
        className="field flex h-8 cursor-pointer items-center gap-2 border-line-2 px-2.5 text-body hover:bg-hover"
      >
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
