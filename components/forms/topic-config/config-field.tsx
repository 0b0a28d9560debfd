'use client'

import { useState } from 'react'
import {
  type AmountKind,
  amountOf,
  amountUnits,
  storedAmount,
} from '../../../lib/format/amounts.ts'
import { QuantityField } from '../../ui/quantity-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { type ConfigDraft, configText, draftProblem, ruleOf, withConfig } from './config-draft.ts'
import type { ConfigField } from './config-groups.ts'

export interface ConfigFieldsProps {
  readonly draft: ConfigDraft
  readonly onChange: (draft: ConfigDraft) => void
  /** What holds where the topic sets nothing, by name. */
  readonly defaults: ConfigDraft
  /** The cluster's sentences by name, from the last time the form was sent. */
  readonly refusals: Readonly<Record<string, string>>
}

/** No stored value: values are numbers and words. */
const ownValue = '…'

/** One config: a choice of values, and a value of one's own where its rule has room for one. */
export function TopicConfigField({
  field,
  draft,
  onChange,
  defaults,
  refusals,
}: ConfigFieldsProps & { readonly field: ConfigField }) {
  const rule = ruleOf(field.name)
  const inherited = defaults[field.name] ?? rule.default
  const stored = draft[field.name]
  const choices = choicesOf(field, inherited, stored)
  const isOffered = stored === undefined || choices.includes(stored)
  const [isOwn, setOwn] = useState(!isOffered)
  const showsOwn = isOwn || !isOffered
  const problem = draftProblem(draft, field.name) ?? refusals[field.name]
  const set = (value: string | null) => onChange(withConfig(draft, field.name, value))

  function choose(value: string) {
    setOwn(value === ownValue)
    // A value of one's own begins with the one that held.
    if (value === ownValue) set(stored ?? inherited)
    else set(value === inherited ? null : value)
  }

  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label={field.label}
        isLarge
        options={[
          ...choices.map((value) => ({
            value,
            label: configText(rule, value) + (value === inherited ? ' (default)' : ''),
          })),
          ...(rule.unit === undefined ? [] : [{ value: ownValue, label: 'Custom…' }]),
        ]}
        value={showsOwn ? ownValue : (stored ?? inherited)}
        onChange={choose}
        hint={showsOwn ? undefined : field.hint}
        error={showsOwn ? undefined : problem}
      />
      {showsOwn && rule.unit !== undefined ? (
        <AmountField
          label={`${field.label}, custom`}
          kind={rule.unit}
          stored={stored ?? inherited}
          onChange={set}
          hint={field.hint}
          error={problem}
        />
      ) : null}
    </div>
  )
}

/** The offered values with the default among them, numbers by size. */
function choicesOf(
  field: ConfigField,
  inherited: string,
  stored: string | undefined,
): readonly string[] {
  const { oneOf, unit } = ruleOf(field.name)
  const offered = field.offered ?? oneOf ?? []
  const all = [...new Set([...offered, inherited])]
  // A list that a tool wrote in another order has no place of its own to be shown in.
  if (unit === undefined) return [...new Set([...all, stored ?? inherited])]
  // “Infinite” is -1 and belongs last.
  const size = (value: string) => (value === '-1' ? 2n ** 64n : BigInt(value))
  return all.sort((a, b) => (size(a) < size(b) ? -1 : 1))
}

/** A number and its unit side by side. */
function AmountField({
  label,
  kind,
  stored,
  onChange,
  hint,
  error,
}: {
  readonly label: string
  readonly kind: AmountKind
  readonly stored: string
  readonly onChange: (stored: string) => void
  readonly hint: string | undefined
  readonly error: string | undefined
}) {
  // What is typed stays as it is typed: 60 minutes do not turn into 1 hour under the cursor.
  const [amount, setAmount] = useState(() => amountOf(stored, kind))
  const change = (next: typeof amount) => {
    setAmount(next)
    onChange(storedAmount(next, kind))
  }
  const units = amountUnits[kind]
  return (
    <QuantityField
      label={label}
      value={amount.count}
      onChange={(count) => change({ ...amount, count })}
      unit={units.find(({ id }) => id === amount.unit)?.many ?? ''}
      units={units.map(({ many }) => many)}
      onUnitChange={(word) =>
        change({ ...amount, unit: units.find(({ many }) => many === word)?.id ?? amount.unit })
      }
      hint={hint}
      error={error}
    />
  )
}
