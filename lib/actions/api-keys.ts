'use server'

import { z } from 'zod'
import { newApiKey, newApiSecret } from '../../broker/rules/ids.ts'
import { brokerControl, whenReachable } from '../broker-control.ts'
import { consoleDb } from '../db.ts'
import { consoleSettings } from '../env.ts'
import { failed, productErrors } from '../errors.ts'
import { type ClusterState, clusterStates } from '../format/cluster-states.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

const description = z.string().max(256, 'Use at most 256 characters.').default('')

/**
 * Makes a key with global access. The secret is in this answer and nowhere else: the broker keeps its
 * hash, the console nothing of it.
 */
export const createApiKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), description }),
  async run({ session, scope: cluster }, input) {
    if (!speaksKafka(cluster.state)) return failed('CLUSTER_NOT_RUNNING')
    const db = consoleDb()
    const key = newApiKey()
    const secret = newApiSecret()
    await db.apiKey.create({
      data: {
        key,
        clusterId: cluster.id,
        description: input.description,
        ownerId: session.userId,
        state: 'provisioning',
        createdMs: BigInt(Date.now()),
      },
    })
    const answer = await whenReachable(() => brokerControl().putKey(cluster.id, key, { secret }))
    if (!answer.ok) return revoke(cluster.id, key, answer)
    await db.apiKey.update({ where: { key }, data: { state: 'active' } })
    return { ok: { key, secret, bootstrapServer: consoleSettings().bootstrap } }
  },
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

/** Deletes a key: marked first, then revoked at the broker (its connections end), then the row. */
export const deleteApiKey = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), key: z.string() }),
  async run({ scope: cluster }, { key }) {
    const db = consoleDb()
    const marked = await db.apiKey.updateMany({
      where: { key, clusterId: cluster.id },
      data: { state: 'deleting' },
    })
    if (marked.count === 0) return failed('NOT_FOUND')
    const answer = await whenReachable(() => brokerControl().deleteKey(cluster.id, key))
    if (!answer.ok) return failed('BROKER_UNREACHABLE')
    await db.apiKey.delete({ where: { key } })
    return { ok: {} }
  },
})

function speaksKafka(state: ClusterState): boolean {
  return clusterStates[state].speaksKafka
}

/** A key whose making failed was never shown: it goes, at the broker too if that got it after all. */
async function revoke(
  clusterId: string,
  key: string,
  refusal: { readonly code: string; readonly message: string },
) {
  const undone = await whenReachable(() => brokerControl().deleteKey(clusterId, key))
  // Where the broker cannot be asked, the row stays as `provisioning` and the next start revokes it.
  if (undone.ok) await consoleDb().apiKey.delete({ where: { key } })
  if (refusal.code === 'UNREACHABLE') return failed('BROKER_UNREACHABLE')
  if (refusal.code === 'LIMIT') return failed('API_KEY_LIMIT')
  return {
    error: { code: refusal.code, message: refusal.message || productErrors.UNEXPECTED.sentence },
  }
}
