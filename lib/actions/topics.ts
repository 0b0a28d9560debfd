'use server'

import { z } from 'zod'
import { topicNameProblem } from '../../broker/rules/names.ts'
import { failed, failedAt } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { action } from './action.ts'
import { partitionCount } from './partition-count.ts'
import { clusterScope } from './scopes.ts'
import { topicRefusal } from './topic-refusal.ts'

/** Creates a topic. Configs and the cluster's limits are the broker's to check: its sentences come back. */
export const createTopic = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    name: z.string().superRefine((name, context) => {
      const problem = name === '' ? 'Required' : topicNameProblem(name)
      if (problem === null) return
      const message = name === '' ? problem : `Topic name is invalid: ${problem}`
      context.addIssue({ code: 'custom', message })
    }),
    partitions: partitionCount,
    /** What differs from the cluster's defaults, in Kafka's names and values. */
    configs: z.record(z.string(), z.string()).default({}),
  }),
  async run({ scope: cluster }, { name, partitions, configs }) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    try {
      await clusterClient(cluster.id).admin.createTopic({
        name,
        partitionCount: partitions,
        configs,
      })
    } catch (error) {
      return topicRefusal(error)
    }
    return { ok: { name } }
  },
  reaches: ({ scope, input }) =>
    isOfTutorial(input) ? { step: 'topic', clusterId: scope.id, name: input.name } : null,
})

const dayMs = 86_400_000

/** With the settings that the tutorial asks for. */
function isOfTutorial(topic: {
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}): boolean {
  return topic.partitions === 2 && topic.configs['retention.ms'] === String(dayMs)
}

/** Deletes a topic and its records; the caller typed its name. */
export const deleteTopic = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    name: z.string(),
    confirmation: z.string(),
  }),
  async run({ scope: cluster }, { name, confirmation }) {
    if (confirmation !== name) return failedAt('confirmation', 'NAME_MISMATCH')
    await clusterClient(cluster.id).admin.deleteTopic(name)
    return { ok: {} }
  },
})
