import { formatAgo } from '../../lib/format/times.ts'
import { Badge } from '../ui/badge.tsx'
import {
  type CheckedConnection,
  clientName,
  currentProblem,
  latestMs,
  problemText,
} from './connection-steps.ts'

/** More than these nobody reads. */
const othersMax = 4

/** What else came with the key, or from this machine: one line each, newest first. */
export function OtherConnections({
  connections,
  nowMs,
}: {
  readonly connections: readonly CheckedConnection[]
  /** Of the broker, whose clock the times are of. */
  readonly nowMs: number
}) {
  return (
    <div className="border-t border-line bg-sunken px-4 py-2.5">
      <h3 className="text-label font-[540] text-ink-2">Also seen</h3>
      <ul className="mt-1 flex flex-col">
        {connections.slice(0, othersMax).map((connection) => (
          <li
            key={`${connection.isStranger} ${connection.attempt.id}`}
            className="flex gap-3 py-1 text-label"
          >
            <span className="w-[76px] shrink-0">
              <Outcome {...connection} />
            </span>
            <span className="min-w-0 flex-1 break-words text-ink-2">{textOf(connection)}</span>
            <span className="shrink-0 whitespace-nowrap text-ink-3 tabular-nums">
              {formatAgo(latestMs(connection.attempt), nowMs)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Outcome({ attempt: { isSignedIn, closedMs, problem } }: CheckedConnection) {
  if (!isSignedIn && problem !== null) return <Badge tone="red" shape="lozenge" word="Failed" />
  if (closedMs !== null) return <Badge tone="stone" shape="ring-dashed" word="Ended" />
  return isSignedIn ? (
    <Badge tone="moss" shape="disc" word="Open" />
  ) : (
    <Badge tone="river" shape="ring" word="Open" />
  )
}

function textOf({ attempt, isStranger }: CheckedConnection): string {
  const { count } = attempt
  const problem = currentProblem(attempt)
  const times = count > 1 ? ` (${count} times)` : ''
  if (problem !== null) return `${problemText(problem)}${times}`
  return isStranger
    ? `A client on this machine that has not named a key.${times}`
    : `${clientName(attempt)}${times}`
}
