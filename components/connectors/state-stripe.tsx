import type { ReactNode } from 'react'
import { connectorStates } from '../../lib/format/connector-states.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import type { ConnectorView } from '../../lib/queries/connectors.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { states } from '../states/states.ts'
import { Elapsed } from './elapsed.tsx'

const looks = {
  river: 'border-river-line bg-river-tint',
  moss: 'border-moss-line bg-moss-tint',
  amber: 'border-amber-line bg-amber-tint',
  red: 'border-red-line bg-red-tint',
  stone: 'border-stone-line bg-stone-tint',
} as const

/** The state in its colours, in a sentence, with its cause and the way on where something is wrong. */
export function StateStripe({
  connector,
  children,
}: {
  readonly connector: ConnectorView
  /** The way on. */
  readonly children?: ReactNode
}) {
  const { state, reason, stateSinceMs } = connector
  return (
    <section
      aria-label="State"
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-4 py-2.5 ${looks[states[state].tone]}`}
    >
      {/* Announced when it changes; the time beside it changes every second. */}
      <div role="status" className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <StateBadge state={state} />
        <span className="min-w-0 break-words text-ink-2">
          {reason === '' ? connectorStates[state] : reason}
          {reason === '' ? <LastRecord connector={connector} /> : null}
        </span>
      </div>
      {children}
      <span className="text-label whitespace-nowrap text-ink-2">
        for <Elapsed sinceMs={stateSinceMs} />
      </span>
    </section>
  )
}

function LastRecord({ connector: { lastRecord } }: { readonly connector: ConnectorView }) {
  if (lastRecord === null) return null
  const { partition, offset } = lastRecord
  return (
    <span aria-live="off">
      {' '}
      Last record acknowledged at offset {formatCount(offset)} of partition {partition}.
    </span>
  )
}
