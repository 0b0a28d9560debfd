import { Check, X } from 'lucide-react'
import { classNames } from '../ui/class-names.ts'
import type { ConnectionStep } from './connection-steps.ts'

/** A checklist: each step of a connection, with what is known of it. */
export function ConnectionStepList({ steps }: { readonly steps: readonly ConnectionStep[] }) {
  return (
    <ol aria-label="Steps of the connection" className="flex flex-col">
      {steps.map(({ id, title, state, detail }, index) => (
        <li key={id} className="relative flex gap-2.5 pb-2.5 last:pb-0">
          {index === steps.length - 1 ? null : (
            <span
              aria-hidden="true"
              className={classNames(
                'absolute top-5 bottom-0 left-[7.5px] w-px',
                state === 'done' ? 'bg-moss-line' : 'bg-line-2',
              )}
            />
          )}
          <StepMark state={state} />
          <div className="flex min-w-0 flex-1 flex-wrap gap-x-3 sm:flex-nowrap">
            <span
              className={classNames(
                'w-32 shrink-0',
                state === 'waiting' ? 'text-ink-3' : 'font-[580]',
                state === 'failed' && 'text-red',
              )}
            >
              {title}
              <span className="sr-only">: {words[state]}</span>
            </span>
            {detail === null ? null : (
              <span className="min-w-0 text-ink-2 break-words">{detail}</span>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

const words = { done: 'done', failed: 'failed', waiting: 'not yet' } as const

function StepMark({ state }: { readonly state: ConnectionStep['state'] }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border [&>svg]:size-2.5 [&>svg]:stroke-[3]',
        state === 'done' && 'border-moss-line bg-moss-tint text-moss',
        state === 'failed' && 'border-red-line bg-red-tint text-red',
        state === 'waiting' && 'border-control border-dashed',
      )}
    >
      {state === 'done' ? <Check /> : state === 'failed' ? <X /> : null}
    </span>
  )
}
