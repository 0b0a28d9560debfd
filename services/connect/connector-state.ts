import type { ConnectorState, TaskState } from '../../broker/rules/connect.ts'

/**
 * A connector's state, from what was asked for and how its tasks are. The first row that fits holds:
 * a paused connector is PAUSED whatever its tasks were, one whose tasks all failed is FAILED.
 */
const rows: readonly {
  readonly state: ConnectorState
  fits(desired: DesiredState, tasks: readonly TaskState[]): boolean
}[] = [
  { state: 'PAUSED', fits: (desired) => desired === 'paused' },
  { state: 'FAILED', fits: (_, tasks) => tasks.length > 0 && all(tasks, 'FAILED') },
  { state: 'DEGRADED', fits: (_, tasks) => tasks.includes('FAILED') },
  { state: 'RUNNING', fits: (_, tasks) => tasks.length > 0 && all(tasks, 'RUNNING') },
  // Some have not started yet.
  { state: 'PROVISIONING', fits: () => true },
]

export type DesiredState = 'running' | 'paused'

export function connectorStateOf(
  desired: DesiredState,
  tasks: readonly TaskState[],
): ConnectorState {
  return rows.find(({ fits }) => fits(desired, tasks))?.state ?? 'NONE'
}

function all(tasks: readonly TaskState[], state: TaskState): boolean {
  return tasks.every((task) => task === state)
}
