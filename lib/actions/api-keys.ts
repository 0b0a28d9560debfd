'use server'

import { z } from 'zod'
import { consoleDb } from '../db.ts'
import { failed } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { issueApiKey, withdrawApiKey } from '../issue-api-key.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

const description = z.string().max(256, 'Use at most 256 characters.').default('')

/** Makes a key with global access, whose secret is in this answer alone. */
export const createApiKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), description }),
  async run({ session, scope: cluster }, input) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    return issueApiKey(cluster.id, { description: input.description, ownerId: session.userId })
  },
  reaches: ({ scope }) => ({ step: 'api-key', clusterId: scope.id }),
})

/** Changes what a key is said to be for. */
export const describeApiKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), key: z.string(), description }),
  async run({ scope: cluster }, input) {
    const changed = await consoleDb().apiKey.updateMany({
      where: { key: input.key, clusterId: cluster.id },
      data: { description: input.description },
    })
    return changed.count === 0 ? failed('NOT_FOUND') : { ok: {} }
  },
})

/** Deletes a key; what is signed in with it loses its connection. */
export const deleteApiKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), key: z.string() }),
  async run({ scope: cluster }, { key }) {
    return withdrawApiKey(cluster.id, key)
  },
})
