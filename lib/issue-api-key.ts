import { newApiKey, newApiSecret } from '../broker/rules/ids.ts'
import type { ActionResult } from './actions/result.ts'
import { brokerControl, whenReachable } from './broker-control.ts'
import { consoleDb } from './db.ts'
import { consoleSettings } from './env.ts'
import { failed, productErrors } from './errors.ts'
import type { NewApiKey } from './format/key-file.ts'

/**
 * Makes a key with global access. The secret is in this answer and nowhere else: the broker keeps its
 * hash, the console nothing of it.
 */
export async function issueApiKey(
  clusterId: string,
  { description, ownerId }: { readonly description: string; readonly ownerId: string },
): Promise<ActionResult<NewApiKey>> {
  const key = newApiKey()
  const secret = newApiSecret()
  await consoleDb().apiKey.create({
    data: {
      key,
      clusterId,
      description,
      ownerId,
      state: 'provisioning',
      createdMs: BigInt(Date.now()),
    },
  })
  const answer = await whenReachable(() => brokerControl().putKey(clusterId, key, { secret }))
  if (!answer.ok) return withdrawn(clusterId, key, answer)
  await consoleDb().apiKey.update({ where: { key }, data: { state: 'active' } })
  return { ok: { key, secret, bootstrapServer: consoleSettings().bootstrap } }
}

/** Takes a key back: marked first, then revoked at the broker (its connections end), then the row. */
export async function withdrawApiKey(
  clusterId: string,
  key: string,
): Promise<ActionResult<Record<string, never>>> {
  const db = consoleDb()
  const marked = await db.apiKey.updateMany({
    where: { key, clusterId },
    data: { state: 'deleting' },
  })
  if (marked.count === 0) return failed('NOT_FOUND')
  const answer = await whenReachable(() => brokerControl().deleteKey(clusterId, key))
  if (!answer.ok) return failed('BROKER_UNREACHABLE')
  await db.apiKey.delete({ where: { key } })
  return { ok: {} }
}

/** A key whose making failed was never shown: it goes, at the broker too if that got it after all. */
async function withdrawn(
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
