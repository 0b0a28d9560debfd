'use client'

import { useMemo, useState } from 'react'
import { isJson } from '../../lib/format/json-tokens.ts'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { formatBytes } from '../../lib/format/numbers.ts'
import { bytesOfPayload, hexDump, textOfBytes } from '../../lib/format/payload-bytes.ts'
import { Button } from '../ui/button.tsx'
import { CodeLines } from '../ui/json-code.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { CopyWhole } from './copy-whole.tsx'
import { LongText } from './long-text.tsx'

interface PayloadViewProps {
  readonly name: 'Key' | 'Value'
  readonly payload: Payload | null
  readonly loadAll: () => Promise<MessageRow | null>
  readonly isLoading: boolean
  readonly problem: string | undefined
}

type Form = 'json' | 'text' | 'hex'

const labels: Record<Form, string> = { json: 'JSON', text: 'Text', hex: 'Hex' }

/** A key or value as JSON, text or bytes, of which each shows what was written and nothing else. */
export function PayloadView({ name, payload, loadAll, isLoading, problem }: PayloadViewProps) {
  const [chosen, setChosen] = useState<Form>()
  const hasJson = useMemo(() => payload !== null && isJsonPayload(payload), [payload])
  if (payload === null) return <Absent>{name} is null.</Absent>
  if (payload.sizeBytes === 0) return <Absent>{name} is empty: it has no bytes.</Absent>
  const forms: Form[] = hasJson ? ['json', 'text', 'hex'] : ['text', 'hex']
  const natural = hasJson ? 'json' : payload.form
  const form = chosen !== undefined && forms.includes(chosen) ? chosen : natural
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 px-5 py-2">
        <Segmented
          label={`${name} as`}
          options={forms.map((value) => ({ value, label: labels[value] }))}
          value={form}
          onChange={setChosen}
        />
        <span className="flex items-center gap-3 text-label text-ink-2">
          {sizeText(payload, hasJson)}
          <CopyWhole name={name} payload={payload} loadAll={loadAll} />
        </span>
      </div>
      {payload.isWhole ? null : (
        <div className="flex flex-wrap items-center gap-3 border-t border-line px-5 py-2 text-label text-ink-2">
          {problem ?? 'Only the beginning is shown.'}
          <Button size="small" onClick={() => void loadAll()} isBusy={isLoading}>
            Show all ({formatBytes(payload.sizeBytes)})
          </Button>
        </div>
      )}
      {form === 'text' && payload.form === 'hex' ? (
        <p className="border-t border-line px-5 py-2 text-label text-ink-2">
          These bytes are no text: what is not UTF-8 stands as �.
        </p>
      ) : null}
      {form === 'hex' && payload.isWhole && payload.sizeBytes > hexBytesMax ? (
        <p className="border-t border-line px-5 py-2 text-label text-ink-2">
          The first {formatBytes(hexBytesMax)} as bytes. Copy takes all of them.
        </p>
      ) : null}
      <Shown name={name} payload={payload} form={form} />
    </>
  )
}

/** Of bytes beyond this, the dump shows the beginning; Copy takes all of them. */
const hexBytesMax = 256 * 1024

/** Beyond this much, an element per word would make the page slow. */
const colouredMax = 64_000

function Shown({
  name,
  payload,
  form,
}: {
  readonly name: string
  readonly payload: Payload
  readonly form: Form
}) {
  const text = useMemo(() => {
    if (form === 'hex') return hexDump(bytesOfPayload(payload).subarray(0, hexBytesMax))
    return payload.form === 'hex' ? textOfBytes(bytesOfPayload(payload)) : payload.text
  }, [form, payload])
  return form === 'json' && text.length <= colouredMax ? (
    <CodeLines text={text} label={name} />
  ) : (
    <LongText text={text} label={name} isWrapped={form !== 'hex'} />
  )
}

function Absent({ children }: { readonly children: React.ReactNode }) {
  return <p className="px-5 py-3.5 text-ink-2">{children}</p>
}

function isJsonPayload({ form, isWhole, text }: Payload): boolean {
  return form === 'text' && isWhole && isJson(text)
}

function sizeText(payload: Payload, hasJson: boolean): string {
  const kind = payload.form === 'hex' ? 'not text' : hasJson ? 'JSON' : 'text'
  return `${formatBytes(payload.sizeBytes)}, ${kind}`
}
