'use client'

import { useState } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ConnectionCheck } from '../../lib/queries/connection-check.ts'
import { useFollowed } from '../live/use-followed.ts'
import { StateBadge } from '../states/state-badge.tsx'
import type { StateName } from '../states/states.ts'
import { Card, CardHeader } from '../ui/card.tsx'
import { Note } from '../ui/note.tsx'
import { ConnectionStepList } from './connection-step-list.tsx'
import {
  type CheckedConnection,
  checkedConnections,
  clientName,
  connectionSteps,
  currentProblem,
  problemText,
  remedyText,
} from './connection-steps.ts'
import { OtherConnections } from './other-connections.tsx'

/** How often the broker is asked while the tab is visible. */
const pollMs = 2000

/**
 * What reached the broker with the key of this page, live and step by step. A connection that fails
 * before it names a key is nobody's: it is shown where it came from the machine of this browser.
 */
export function CheckConnection({
  at,
  apiKey,
}: {
  readonly at: ClusterAt
  /** Undefined while there is none. */
  readonly apiKey: string | undefined
}) {
  const [view, setView] = useState<{ readonly key: string; readonly check: ConnectionCheck }>()
  const key = apiKey ?? ''
  useFollowed({
    streamUrl: null,
    pollUrl: paths.connectionAttempts(at, { key }),
    pollMs,
    onUpdate: (text) => setView({ key, check: JSON.parse(text) }),
    goneMessage: 'This cluster no longer exists.',
  })
  // What was told of another key is not this one's.
  const check = view?.key === key ? view.check : undefined
  const { shown, others } = check === undefined ? nothing : checkedConnections(check)
  const state = stateOf(shown)
  return (
    <Card label="Check my connection" className="overflow-hidden">
      <CardHeader title="Check my connection">
        <StateBadge state={state} isPill />
      </CardHeader>
      <div className="flex flex-col gap-3 px-4 py-3">
        <p role="status" className="min-w-0 break-words text-ink-2">
          <Verdict shown={shown} hasKey={key !== ''} />
        </p>
        <ConnectionStepList steps={connectionSteps(shown?.attempt ?? null)} />
        {shown === null ? null : <Problem shown={shown} />}
      </div>
      {check === undefined || others.length === 0 ? null : (
        <OtherConnections connections={others} nowMs={check.takenMs} />
      )}
    </Card>
  )
}

const nothing = { shown: null, others: [] }

/** Signed in, and yet something that it asked for was refused: it works, but not wholly. */
function stateOf(shown: CheckedConnection | null): StateName {
  if (shown === null) return 'WAITING'
  const { isSignedIn, closedMs } = shown.attempt
  const problem = currentProblem(shown.attempt)
  if (!isSignedIn) return problem === null ? 'WAITING' : 'FAILED'
  if (problem !== null) return 'DEGRADED'
  return closedMs === null ? 'UP' : 'IDLE'
}

function Verdict({
  shown,
  hasKey,
}: {
  readonly shown: CheckedConnection | null
  readonly hasKey: boolean
}) {
  if (shown === null) {
    return hasKey
      ? 'No connection with this key yet. Start the program: what reaches the broker shows up here.'
      : 'Nothing from this machine yet. Choose or create a key to see whether a program signs in.'
  }
  const { attempt, isStranger } = shown
  const times = attempt.count > 1 ? `, ${attempt.count} times` : ''
  if (isStranger) return `A client on this machine, before it named a key${times}.`
  const name = <b className="font-[580] text-ink">{clientName(attempt)}</b>
  if (!attempt.isSignedIn) {
    return (
      <>
        {name} named this key{times}.
      </>
    )
  }
  return (
    <>
      {name} signed in with this key{times}
      {attempt.closedMs === null ? '.' : ', and has left since.'}
    </>
  )
}

function Problem({ shown: { attempt } }: { readonly shown: CheckedConnection }) {
  const problem = currentProblem(attempt)
  if (problem === null) return null
  const remedy = remedyText(problem)
  return (
    <Note kind={attempt.isSignedIn ? 'caution' : 'danger'}>
      <p className="break-words">{problemText(problem)}</p>
      {remedy === null ? null : (
        <p className="mt-1 break-words">
          <b>{remedy}</b>
        </p>
      )}
    </Note>
  )
}
