'use client'

import { isJson, prettyJson } from '../../lib/format/json-tokens.ts'
import { formatBytes } from '../../lib/format/numbers.ts'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { PayloadText } from './payload-text.ts'

const forms = [
  { value: 'json', label: 'JSON' },
  { value: 'string', label: 'String' },
  { value: 'null', label: 'Null' },
] as const
const withOriginal = [...forms, { value: 'original', label: 'Unchanged' }] as const

/** A key or value: JSON, any text, or none at all. Empty text is not null. */
export function PayloadField({
  label,
  payload,
  onChange,
  error,
  rows,
}: {
  readonly label: string
  readonly payload: PayloadText
  readonly onChange: (payload: PayloadText) => void
  readonly error: string | undefined
  /** More than one line where given. */
  readonly rows?: number
}) {
  return (
    <Field
      label={label}
      error={error}
      hint={<PayloadHint payload={payload} onChange={onChange} canFormat={rows !== undefined} />}
      aside={
        <Segmented
          label={`${label} as`}
          options={payload.original === undefined ? forms : withOriginal}
          value={payload.form}
          onChange={(form) => onChange({ ...payload, form })}
        />
      }
    >
      {(control) => {
        const isTyped = payload.form === 'json' || payload.form === 'string'
        const shared = {
          ...control,
          spellCheck: false,
          autoComplete: 'off',
          disabled: !isTyped,
          value: isTyped ? payload.text : '',
          onChange: (event: { target: { value: string } }) =>
            onChange({ ...payload, text: event.target.value }),
        }
        return rows === undefined ? (
          <input
            {...shared}
            className="field h-8 w-full px-2.5 font-mono text-label disabled:bg-sunken"
          />
        ) : (
          <textarea
            {...shared}
            rows={rows}
            className="field w-full resize-y px-2.5 py-2 font-mono text-label leading-[19px] disabled:bg-sunken"
          />
        )
      }}
    </Field>
  )
}

function PayloadHint({
  payload,
  onChange,
  canFormat,
}: {
  readonly payload: PayloadText
  readonly onChange: (payload: PayloadText) => void
  readonly canFormat: boolean
}) {
  if (payload.form === 'null') return canFormat ? 'No value: a tombstone.' : 'No key.'
  if (payload.form === 'original') return originalText(payload)
  const size = formatBytes(new TextEncoder().encode(payload.text).length)
  if (payload.form === 'string') return size
  if (!isJson(payload.text)) return 'Not valid JSON yet.'
  const pretty = prettyJson(payload.text)
  const isFormatted = pretty === null || pretty === payload.text
  return (
    <span className="flex justify-between gap-3">
      Valid JSON, {size}
      {canFormat && !isFormatted ? (
        <button
          type="button"
          onClick={() => onChange({ ...payload, text: pretty })}
          className="cursor-pointer rounded-sm font-[540] text-river hover:underline"
        >
          Format
        </button>
      ) : null}
    </span>
  )
}

function originalText({ original }: PayloadText): string {
  if (original === undefined) return ''
  const [partition, offset] = original.place.split(':')
  const kind = original.isText ? 'text' : 'bytes'
  return `The ${formatBytes(original.sizeBytes)} of ${kind} at partition ${partition}, offset ${offset}, unchanged.`
}
