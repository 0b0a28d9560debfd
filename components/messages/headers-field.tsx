'use client'

import { Plus, X } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { FieldNote } from '../ui/field.tsx'
import type { HeaderText } from './payload-text.ts'

/** Header names and values, in order; a name may come more than once. */
export function HeadersField({
  headers,
  onChange,
  errors,
}: {
  readonly headers: readonly HeaderText[]
  readonly onChange: (headers: readonly HeaderText[]) => void
  /** Sentences by field, such as `headers.0.name`. */
  readonly errors: Readonly<Record<string, string>> | undefined
}) {
  const change = (id: number, part: Partial<HeaderText>) =>
    onChange(headers.map((header) => (header.id === id ? { ...header, ...part } : header)))
  const add = () => {
    const id = Math.max(-1, ...headers.map((header) => header.id)) + 1
    onChange([...headers, { id, name: '', text: '', form: 'string' }])
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Headers</legend>
      <div className="flex items-center justify-between gap-3 text-field-label">
        <span aria-hidden="true" className="font-[580]">
          Headers <span className="font-[400] text-ink-3">{headers.length}</span>
        </span>
        <button
          type="button"
          onClick={add}
          className="inline-flex cursor-pointer items-center gap-1 rounded-sm font-[540] text-river hover:underline"
        >
          <Plus aria-hidden="true" className="size-[13px] stroke-[1.75]" />
          Add header
        </button>
      </div>
      {headers.map((header, index) => {
        const error = errors?.[`headers.${index}.name`]
        return (
          <div key={header.id} className="flex flex-col gap-1">
            <div className="flex items-center gap-1.5">
              <input
                aria-label={`Header ${index + 1} name`}
                placeholder="name"
                aria-invalid={error === undefined ? undefined : true}
                spellCheck={false}
                value={header.name}
                onChange={(event) => change(header.id, { name: event.target.value })}
                className="field h-8 w-[38%] px-2.5 font-mono text-label"
              />
              <input
                aria-label={`Header ${index + 1} value`}
                placeholder="value"
                spellCheck={false}
                disabled={header.form !== 'string'}
                value={header.form === 'null' ? 'null' : shownText(header)}
                onChange={(event) => change(header.id, { text: event.target.value })}
                className="field h-8 min-w-0 flex-1 px-2.5 font-mono text-label disabled:bg-sunken"
              />
              <IconButton
                label={`Remove header ${index + 1}`}
                onClick={() => onChange(headers.filter(({ id }) => id !== header.id))}
              >
                <X />
              </IconButton>
            </div>
            {error === undefined ? null : <FieldNote error={error} />}
          </div>
        )
      })}
    </fieldset>
  )
}

function shownText({ form, text }: HeaderText): string {
  return form === 'hex' ? `0x${text}` : text
}
