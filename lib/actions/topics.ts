'use server'

import { z } from 'zod'
import { clusterLimits } from '../../broker/rules/limits.ts'
import { topicNameProblem } from '../../broker/rules/names.ts'
import { failed, failedAt } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { action } from './action.ts'
import type { ActionError } from './result.ts'
import { clusterScope } from './scopes.ts'

const wholeNumber = z.string().regex(/^-?\d+$/, 'Enter a whole number.')

/** Creates a topic. Names and configs are checked by the broker too: its sentences come back. */
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
    partitions: wholeNumber
      .transform(Number)
      .refine((count) => count >= 1, 'Number of partitions must be larger than 0.')
      .refine(
        (count) => count <= clusterLimits.partitions.STANDARD,
        `A topic has at most ${clusterLimits.partitions.STANDARD} partitions.`,
      ),
    /** Milliseconds; -1 keeps records for ever; absent leaves the cluster's default. */
    retentionMs: wholeNumber.optional(),
  }),
  async run({ scope: cluster }, { name, partitions, retentionMs }) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    try {
      await clusterClient(cluster.id).admin.createTopic({
        name,
        partitionCount: partitions,
        configs: retentionMs === undefined ? {} : { 'retention.ms': retentionMs },
      })
    } catch (error) {
      return refusedAtField(error)
    }
    return { ok: { name } }
  },
})

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

/** Which field of the form an error of CreateTopics belongs to; others stand above the form. */
const fieldOfKafkaError: Readonly<Record<string, string>> = {
  TOPIC_ALREADY_EXISTS: 'name',
  INVALID_TOPIC_EXCEPTION: 'name',
  INVALID_PARTITIONS: 'partitions',
  INVALID_CONFIG: 'retentionMs',
}

function refusedAtField(error: unknown): { error: ActionError } {
  const kafka = asKafkaFailure(error)
  if (kafka === null) throw error
  const { code, message } = kafka
  const field = fieldOfKafkaError[code]
  return {
    error:
      field === undefined ? { code, message } : { code, message, fields: { [field]: message } },
  }
}
