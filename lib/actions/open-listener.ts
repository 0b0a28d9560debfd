'use server'

import { z } from 'zod'
import {
  openListenerPartitionsProblem,
  openListenerPortProblem,
} from '../../broker/rules/open-listener.ts'
import { brokerControl, whenReachable } from '../broker-control.ts'
import { failed, failedAt } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { action } from './action.ts'
import { checked } from './fields.ts'
import { clusterScope } from './scopes.ts'

/**
 * Lets every program on this machine into the cluster without a key, or changes how. To turn it on
 * takes the cluster's name, typed; who changes it while it is on has done that before.
 */
export const allowWithoutKey = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    /** Empty for a free one. */
    port: checked((text) => openListenerPortProblem(numberIn(text, 0))),
    createTopics: z.boolean(),
    partitions: checked((text) => openListenerPartitionsProblem(numberIn(text, Number.NaN))),
    confirmation: z.string().default(''),
  }),
  async run({ scope: cluster }, { port, createTopics, partitions, confirmation }) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    const present = await whenReachable(() => brokerControl().openListener(cluster.id))
    if (!present.ok) return failed('BROKER_UNREACHABLE')
    if (!present.value.isOn && confirmation !== cluster.name) {
      return failedAt('confirmation', 'NAME_MISMATCH')
    }
    const answer = await whenReachable(() =>
      brokerControl().putOpenListener(cluster.id, {
        port: numberIn(port, 0),
        createTopics,
        partitions: numberIn(partitions, Number.NaN),
      }),
    )
    if (answer.ok) return { ok: { port: answer.value.port } }
    const { code, message } = answer
    if (code === 'UNREACHABLE') return failed('BROKER_UNREACHABLE')
    return { error: { code, message, ...(code === 'CONFLICT' && { fields: { port: message } }) } }
  },
})

/** Asks everybody for a key again; who is connected without one is disconnected. */
export const forbidWithoutKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string() }),
  async run({ scope: cluster }) {
    const answer = await whenReachable(() => brokerControl().deleteOpenListener(cluster.id))
    if (answer.ok) return { ok: {} }
    return answer.code === 'UNREACHABLE'
      ? failed('BROKER_UNREACHABLE')
      : { error: { code: answer.code, message: answer.message } }
  },
})

/** A whole number as typed; `empty` where nothing was, and NaN for anything else. */
function numberIn(text: string, empty: number): number {
  const typed = text.trim()
  if (typed === '') return empty
  return /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN
}
