'use server'

import { z } from 'zod'
import { failedAt } from '../errors.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { findGroup } from '../queries/groups.ts'
import { action } from './action.ts'
import { groupRefusal, movedSince } from './group-refusal.ts'
import { clusterScope } from './scopes.ts'

const groupAt = { envId: z.string(), clusterId: z.string(), group: z.string().min(1) }
const number = z.number().int().min(0)

/** More would not fit into what the console takes as one request. */
const offsetsMax = 5000

/**
 * Commits the offsets of a dry run, exactly those, for a group without members. What has changed
 * since then is said, and then nothing is committed.
 */
export const resetOffsets = action({
  scope: clusterScope,
  input: z.object({
    ...groupAt,
    offsets: z
      .array(
        z.object({
          topic: z.string(),
          partition: number,
          /** What the dry run found committed. */
          committed: number.nullable(),
          offset: number,
        }),
      )
      .min(1)
      .max(offsetsMax),
  }),
  async run({ scope: cluster }, { group: groupId, offsets }) {
    try {
      const topics = [...new Set(offsets.map(({ topic }) => topic))]
      const group = await findGroup(cluster, groupId, topics)
      const moved = movedSince({ groupId, group, offsets })
      if (moved !== null) return { error: moved }
      await clusterClient(cluster.id).groupChanges.commitOffsets(groupId, offsets)
    } catch (error) {
      return groupRefusal(error, groupId)
    }
    return { ok: { partitions: offsets.length } }
  },
})

/** Forgets what a group has committed for a topic, in all of its partitions. */
export const deleteGroupOffsets = action({
  scope: clusterScope,
  input: z.object({ ...groupAt, topic: z.string().min(1) }),
  async run({ scope: cluster }, { group: groupId, topic }) {
    try {
      const group = await findGroup(cluster, groupId)
      const committed = (group?.partitions ?? []).filter(
        (partition) => partition.topic === topic && partition.committed !== null,
      )
      if (committed.length > 0) {
        await clusterClient(cluster.id).groupChanges.deleteOffsets(groupId, committed)
      }
      return { ok: { partitions: committed.length } }
    } catch (error) {
      return groupRefusal(error, groupId)
    }
  },
})

/** Deletes a group without members, and its offsets; the caller typed its id. */
export const deleteGroup = action({
  scope: clusterScope,
  input: z.object({ ...groupAt, confirmation: z.string() }),
  async run({ scope: cluster }, { group: groupId, confirmation }) {
    if (confirmation !== groupId) return failedAt('confirmation', 'NAME_MISMATCH')
    try {
      await clusterClient(cluster.id).groupChanges.deleteGroup(groupId)
    } catch (error) {
      return groupRefusal(error, groupId)
    }
    return { ok: {} }
  },
})
