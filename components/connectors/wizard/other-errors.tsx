import { Note } from '../../ui/note.tsx'

/** What is wrong with keys that have no field where somebody looks now. */
export function OtherErrors({
  errors,
  shown,
}: {
  readonly errors: Readonly<Record<string, string>> | undefined
  /** Keys whose fields show their error themselves. */
  readonly shown: readonly string[]
}) {
  const others = Object.entries(errors ?? {}).filter(([key]) => !shown.includes(key))
  if (others.length === 0) return null
  return (
    <Note kind="error">
      <ul className="flex flex-col gap-1">
        {others.map(([key, message]) => (
          <li key={key}>
            <code className="text-label text-ink">{key}</code> {message}
          </li>
        ))}
      </ul>
    </Note>
  )
}
