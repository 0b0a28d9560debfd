import type { MessageRow } from '../../lib/format/messages.ts'

/** Headers in their order; a name may come more than once. */
export function HeaderList({ headers }: { readonly headers: MessageRow['headers'] }) {
  if (headers.length === 0) {
    return <p className="px-5 py-3.5 text-ink-2">This message has no headers.</p>
  }
  return (
    <dl className="overflow-y-auto px-5 py-2 font-mono text-label">
      {headers.map(({ name, value }, index) => (
        <div
          key={index}
          className="grid grid-cols-[minmax(80px,1fr)_2fr] gap-4 border-b border-line py-1.5 last:border-b-0"
        >
          <dt className="break-all text-ink-2">{name}</dt>
          <dd className="break-all whitespace-pre-wrap">
            {value === null ? <span className="text-ink-3">null</span> : value.text}
            {value?.form === 'hex' ? <span className="text-ink-3"> (bytes)</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
