/**
 * States of a cluster row, and what each allows. A row is written before the broker is asked
 * (`provisioning`) and marked before it is asked to forget (`deleting`), so that whatever a crash
 * leaves behind can be carried on at the next start.
 */
export const clusterStates = {
  provisioning: { word: 'Provisioning', speaksKafka: false },
  running: { word: 'Running', speaksKafka: true },
  deleting: { word: 'Deleting', speaksKafka: false },
} as const

export type ClusterState = keyof typeof clusterStates

/** The state that a row names; a row of an unknown state is treated as not usable yet. */
export function clusterStateOf(text: string): ClusterState {
  return text === 'running' || text === 'deleting' ? text : 'provisioning'
}
