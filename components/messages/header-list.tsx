'use client'

import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { formatBytes } from '../../lib/format/numbers.ts'
import { CopyButton } from '../ui/copy-button.tsx'

/** Headers in their order; a name may come more than once. */
export function HeaderList({ headers }: { readonly headers: MessageRow['headers'] }) {
  if (headers.length === 0) {
    return <p className="px-5 py-3.5 text-ink-2">This message has no headers.</p>
  }
  return (
    <section
      aria-label="Headers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-5 py-2"
    >
      <dl className="font-mono text-label">
        {headers.map(({ name, value }, index) => (
          <div
            key={index}
            className="grid grid-cols-[minmax(80px,1fr)_2fr] gap-4 border-b border-line py-1.5 last:border-b-0"
          >
            <dt className="break-all text-ink-2">{name}</dt>
            <dd className="flex items-start justify-between gap-2">
              <HeaderValue value={value} />
              {value === null ? null : (
                <CopyButton text={value.text} label={`Copy header ${name}`} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function HeaderValue({ value }: { readonly value: Payload | null }) {
  if (value === null) return <span className="text-ink-3">null</span>
  if (value.sizeBytes === 0) return <span className="text-ink-3">empty</span>
  const more = value.isWhole ? '' : ` … of ${formatBytes(value.sizeBytes)}`
  return (
    <span className="break-all whitespace-pre-wrap">
      {value.form === 'hex' ? `0x${value.text}` : value.text}
      {more === '' ? null : <span className="text-ink-3">{more}</span>}
    </span>
  )
}
