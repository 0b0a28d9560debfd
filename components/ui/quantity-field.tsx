'use client'

import { type Ref, useId } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldLabels } from './field.tsx'
import { ToolbarSelect } from './select.tsx'

/** A number with its unit, which stands beside it or is chosen there (`7` `days`). */
export function QuantityField({
  value,
  onChange,
  unit,
  units,
  onUnitChange,
  isLarge,
  disabled,
  ref,
  ...labels
}: FieldLabels & {
  /** As typed; who reads it says what is wrong with it. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly unit: string
  /** To choose from; without them the unit is fixed. */
  readonly units?: readonly string[]
  readonly onUnitChange?: (unit: string) => void
  readonly isLarge?: boolean
  readonly disabled?: boolean
  readonly ref?: Ref<HTMLInputElement>
}) {
  const unitId = useId()
  return (
    <Field {...labels}>
      {(control) => (
        <span className="flex items-center gap-2">
          <input
            {...control}
            ref={ref}
            inputMode="decimal"
            autoComplete="off"
            disabled={disabled}
            aria-describedby={classNames(control['aria-describedby'], !units && unitId)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={classNames(
              'field min-w-0 flex-1 px-2.5 text-right text-body',
              isLarge ? 'h-9' : 'h-8',
            )}
          />
          {units === undefined ? (
            <span id={unitId} className="shrink-0 text-ink-2">
              {unit}
            </span>
          ) : (
            <ToolbarSelect
              label={`Unit of ${labels.label}`}
              options={units.map((word) => ({ value: word, label: word }))}
              value={unit}
              onChange={(next) => onUnitChange?.(next)}
            />
          )}
        </span>
      )}
    </Field>
  )
}
