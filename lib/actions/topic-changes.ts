'use server'

import { z } from 'zod'
import { failedAt } from '../errors.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { action } from './action.ts'
import { partitionCount } from './partition-count.ts'
import { clusterScope } from './scopes.ts'
import { topicRefusal } from './topic-refusal.ts'

const topicAt = { envId: z.string(), clusterId: z.string(), topic: z.string() }

/** Sets configs of a topic, or takes back (null) what it had set: all of them or none. */
export const alterTopicConfigs = action({
  scope: clusterScope,
  input: z.object({ ...topicAt, changes: z.record(z.string(), z.string().nullable()) }),
  async run({ scope: cluster }, { topic, changes }) {
    try {
      await clusterClient(cluster.id).admin.alterTopicConfigs(topic, changes)
    } catch (error) {
      return topicRefusal(error)
    }
    return { ok: { changed: Object.keys(changes).length } }
  },
})

/** Gives a topic more partitions: `partitions` is how many it shall have in all. */
export const increasePartitions = action({
  scope: clusterScope,
  input: z.object({ ...topicAt, partitions: partitionCount }),
  async run({ scope: cluster }, { topic, partitions }) {
    try {
      await clusterClient(cluster.id).admin.createPartitions(topic, partitions)
    } catch (error) {
      return topicRefusal(error)
    }
    return { ok: { partitions } }
  },
})

/** Deletes every record written so far; the topic, its settings and its offsets stay. */
export const emptyTopic = action({
  scope: clusterScope,
  input: z.object({ ...topicAt, confirmation: z.string() }),
  async run({ scope: cluster }, { topic, confirmation }) {
    if (confirmation !== topic) return failedAt('confirmation', 'NAME_MISMATCH')
    try {
      await clusterClient(cluster.id).admin.deleteAllRecords(topic)
    } catch (error) {
      return topicRefusal(error)
    }
    return { ok: {} }
  },
})
