'use client'

import { RotateCcw } from 'lucide-react'
import { restartConnectorTask } from '../../lib/actions/connector-changes.ts'
import type { ConnectorAt } from '../../lib/paths.ts'
import type { ConnectorTaskRow } from '../../lib/queries/connectors.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { useChange } from './use-change.ts'

/** Each task with its state, why it failed, and a restart of its own. */
export function TaskTable({
  at,
  tasks,
  onChanged,
}: {
  readonly at: ConnectorAt
  readonly tasks: readonly ConnectorTaskRow[]
  readonly onChanged: () => Promise<void>
}) {
  return (
    <Card label="Tasks">
      <CardHeader title="Tasks" />
      {tasks.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">No task has been made yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {tasks.map((task) => (
            <TaskLine key={task.id} at={at} task={task} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function TaskLine({
  at,
  task,
  onChanged,
}: {
  readonly at: ConnectorAt
  readonly task: ConnectorTaskRow
  readonly onChanged: () => Promise<void>
}) {
  const { submit, isBusy } = useChange(restartConnectorTask, onChanged)
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-1 px-4 py-1.5">
      <span className="w-16 font-[580]">Task {task.id}</span>
      <span className="w-28">
        <StateBadge state={task.state} />
      </span>
      <span className="min-w-0 flex-1 basis-60 break-words text-ink-2">{task.reason}</span>
      <Button
        size="small"
        icon={<RotateCcw aria-hidden="true" />}
        isBusy={isBusy}
        aria-label={`Restart task ${task.id}`}
        onClick={() => void submit({ ...at, task: task.id })}
      >
        Restart
      </Button>
    </li>
  )
}
