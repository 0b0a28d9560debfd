import { formatCount } from '../../../lib/format/numbers.ts'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'

/** A slider is for what a person can aim at; more can be typed beside it. */
const sliderMax = 16

/** How many tasks write side by side. */
export function SizingStep({
  tasks,
  tasksMax,
  onChange,
  error,
}: {
  readonly tasks: string
  /** What this type of cluster allows one connector. */
  readonly tasksMax: number
  readonly onChange: (tasks: string) => void
  readonly error: string | undefined
}) {
  return (
    <section aria-labelledby="sizing" className="flex flex-col gap-5">
      <div>
        <h2 id="sizing" className="text-section tracking-[-0.008em]">
          Connector sizing
        </h2>
        <p className="text-ink-2">
          Each task makes the whole stream of records by itself: two tasks write twice as much.
        </p>
      </div>
      {tasksMax === 1 ? (
        <>
          <dl className="flex max-w-[420px] justify-between rounded-lg border border-line px-4 py-3">
            <dt className="text-ink-2">Tasks</dt>
            <dd className="font-[580]">{tasks}</dd>
          </dl>
          {error === undefined ? null : <Note kind="error">{error}</Note>}
          <Note>
            A connector on a <b>Basic</b> cluster has one task, as on Confluent Cloud. On a Standard
            cluster it may have more.
          </Note>
        </>
      ) : (
        <div className="max-w-[420px]">
          <Field
            label="Tasks"
            required
            error={error}
            hint={`1 to ${formatCount(tasksMax)} on a cluster of this type.`}
          >
            {(control) => (
              <span className="flex items-center gap-4">
                <input
                  type="range"
                  aria-label="Tasks, slider"
                  min={1}
                  max={Math.min(tasksMax, sliderMax)}
                  value={tasks}
                  onChange={(event) => onChange(event.target.value)}
                  className="h-9 min-w-0 flex-1 cursor-pointer accent-[var(--river)]"
                />
                <input
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  value={tasks}
                  onChange={(event) => onChange(event.target.value.trim())}
                  className="field h-9 w-20 px-2.5 text-right text-body"
                />
              </span>
            )}
          </Field>
        </div>
      )}
    </section>
  )
}
