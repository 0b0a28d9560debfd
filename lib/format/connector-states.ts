/** The states of Connect's v1 API that a connector is seen in, and what each means in a sentence. */
export const connectorStates = {
  PROVISIONING: 'This connector is being provisioned: its tasks are starting.',
  RUNNING: 'This connector is running.',
  DEGRADED: 'This connector is degraded: some of its tasks have failed, the others go on.',
  PAUSED: 'This connector is paused. It goes on where it stopped once it is resumed.',
  FAILED: 'This connector has failed.',
  DELETED: 'This connector has been deleted.',
} as const

export type ConnectorState = keyof typeof connectorStates

/** States that nobody has to act on for them to change. */
export function isOnTheWay(state: ConnectorState): boolean {
  return state === 'PROVISIONING'
}

/** Simulated: what Confluent's console of 2023 showed for this connector. */
export const connectorPrice = { taskDollarsPerHour: 0.03819444, usageDollarsPerGb: 0.033 } as const

/**
 * Records per second that `max.interval` comes to: a task waits a random time of up to that long
 * before each record, half of it on average.
 */
export function expectedRecordsPerSecond(maxIntervalMs: number, tasks: number): number {
  return (tasks * 2000) / maxIntervalMs
}
