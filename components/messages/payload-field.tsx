'use client'

import { Check } from 'lucide-react'
import { memo } from 'react'
import { isJson, prettyJson } from '../../lib/format/json-tokens.ts'
import { formatBytes } from '../../lib/format/numbers.ts'
import { CodeField } from '../ui/code-field.tsx'
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
          readOnly: isLarge(payload),
          value: isTyped ? shownText(payload) : '',
          onChange: (event: { target: { value: string } }) =>
            onChange({ ...payload, text: event.target.value }),
        }
        return rows === undefined ? (
          <input
            {...shared}
            className="field h-8 w-full px-2.5 font-mono text-label disabled:bg-sunken"
          />
        ) : (
          <CodeField
            {...shared}
            rows={rows}
            isJson={payload.form === 'json'}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text')
              if (pasted.length <= editedMax || isLarge(payload)) return
              event.preventDefault()
              const { selectionStart, selectionEnd } = event.currentTarget
              const before = payload.text.slice(0, selectionStart)
              onChange({ ...payload, text: before + pasted + payload.text.slice(selectionEnd) })
            }}
          />
        )
      }}
    </Field>
  )
}

/** Browsers lay longer text out for seconds, at each letter: it is sent as it was pasted. */
const editedMax = 500_000
/** What stands for it. */
const excerptLength = 2000

function isLarge({ text }: PayloadText): boolean {
  return text.length > editedMax
}

function shownText(payload: PayloadText): string {
  return isLarge(payload) ? `${payload.text.slice(0, excerptLength)}…` : payload.text
}

/** Looked at once for each text, however long it is. */
const PayloadHint = memo(function PayloadHint({
  payload,
  onChange,
  canFormat,
}: {
  readonly payload: PayloadText
  readonly onChange: (payload: PayloadText) => void
  readonly canFormat: boolean
}) {
  const { form, text } = payload
  if (form === 'null') return canFormat ? 'No value: a tombstone.' : 'No key.'
  if (form === 'original') return originalText(payload)
  const size = formatBytes(new Blob([text]).size)
  if (isLarge(payload)) {
    const kind = form === 'string' ? 'Text' : isJson(text) ? 'Valid JSON' : 'Not valid JSON'
    return (
      <span className="flex justify-between gap-3">
        {kind}, {size}. Its beginning is shown, all of it is sent.
        <HintButton onClick={() => onChange({ ...payload, text: '' })}>Clear</HintButton>
      </span>
    )
  }
  if (form === 'string') return size
  if (!isJson(text)) return 'Not valid JSON yet.'
  const pretty = canFormat && !isLarge(payload) ? prettyJson(text) : null
  return (
    <span className="flex justify-between gap-3">
      <span className="inline-flex items-center gap-1.5 text-moss">
        <Check aria-hidden="true" className="size-[13px]" />
        Valid JSON, {size}
      </span>
      {pretty === null || pretty === text ? null : (
        <HintButton onClick={() => onChange({ ...payload, text: pretty })}>Format</HintButton>
      )}
    </span>
  )
})

function HintButton({
  onClick,
  children,
}: {
  readonly onClick: () => void
  readonly children: string
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="shrink-0 cursor-pointer rounded-sm font-[540] text-river hover:underline"
    >
      {children}
    </button>
  )
}

function originalText({ original }: PayloadText): string {
  if (original === undefined) return ''
  const [partition, offset] = original.place.split(':')
  const kind = original.isText ? 'text' : 'bytes'
  return `The ${formatBytes(original.sizeBytes)} of ${kind} at partition ${partition}, offset ${offset}, unchanged.`
}
