'use client'

import { isJson } from '../../lib/format/json-tokens.ts'
import type { Payload } from '../../lib/format/messages.ts'
import { formatBytes } from '../../lib/format/numbers.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { CodeLines } from '../ui/json-code.tsx'

/** A key or value in full; bytes that are no text in hexadecimal digits. */
export function PayloadView({
  name,
  payload,
  load,
  isLoading,
  problem,
}: {
  readonly name: string
  readonly payload: Payload | null
  readonly load: () => void
  readonly isLoading: boolean
  readonly problem: string | undefined
}) {
  if (payload === null) return <Absent>{name} is null.</Absent>
  if (payload.sizeBytes === 0) return <Absent>{name} is empty: it has no bytes.</Absent>
  const text = payload.form === 'hex' ? hexLines(payload.text) : payload.text
  return (
    <>
      <div className="flex items-center justify-between gap-3 px-5 py-2">
        <span className="text-label text-ink-2">{formText(payload)}</span>
        <CopyButton text={payload.text} label={`Copy ${name.toLowerCase()}`} hasText />
      </div>
      {payload.isWhole ? null : (
        <div className="flex items-center gap-3 border-t border-line px-5 py-2 text-label text-ink-2">
          {problem ?? 'This is the beginning.'}
          <Button size="small" onClick={load} isBusy={isLoading}>
            Load all {formatBytes(payload.sizeBytes)}
          </Button>
        </div>
      )}
      <CodeLines text={text} label={name} />
    </>
  )
}

function Absent({ children }: { readonly children: React.ReactNode }) {
  return <p className="px-5 py-3.5 text-ink-2">{children}</p>
}

function formText(payload: Payload): string {
  if (payload.form === 'hex') return `${formatBytes(payload.sizeBytes)}, not text`
  const kind = payload.isWhole && isJson(payload.text) ? 'JSON' : 'text'
  return `${formatBytes(payload.sizeBytes)}, ${kind}`
}

/** Sixteen bytes to a line, in pairs. */
function hexLines(digits: string): string {
  const lines = digits.match(/.{1,32}/g) ?? []
  return lines.map((line) => line.match(/.{1,4}/g)?.join(' ')).join('\n')
}
