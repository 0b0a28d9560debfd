import 'server-only'
import type { ActionError } from '../actions/result.ts'
import { findSession, readSession, type SignedIn } from '../auth/session.ts'
import { productErrors } from '../errors.ts'
import { findOwnCluster, type OwnCluster } from './ownership.ts'

/**
 * For route handlers below a cluster's address: the caller's cluster, or the answer to give instead,
 * 401 where nobody is signed in and 404 where the cluster is not theirs.
 */
export async function routeCluster(at: {
  readonly envId: string
  readonly clusterId: string
}): Promise<{ readonly session: SignedIn; readonly cluster: OwnCluster } | Response> {
  const session = await readSession()
  if (session === null) return refusal('NOT_SIGNED_IN')
  const cluster = await findOwnCluster(session, at)
  return cluster === null ? refusal('NOT_FOUND') : { session, cluster }
}

/** Whether what was allowed when a stream began still is: signed in, and the cluster is there. */
export async function isStillAllowed(access: {
  readonly session: SignedIn
  readonly cluster: OwnCluster
}): Promise<boolean> {
  const session = await findSession(access.session.sessionId)
  if (session === null) return false
  const { envId, id: clusterId } = access.cluster
  return (await findOwnCluster(session, { envId, clusterId })) !== null
}

/** An error of the product table as a JSON answer with its status. */
export function refusal(code: keyof typeof productErrors): Response {
  const { status, sentence } = productErrors[code]
  return Response.json({ error: { code, message: sentence } }, { status })
}

/** What a cluster refused, as an answer: 404 where the topic is gone, 503 for what may pass. */
export function kafkaRefusal(error: ActionError): Response {
  if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION') return refusal('NOT_FOUND')
  const status = error.code.endsWith('AUTHORIZATION_FAILED') ? 403 : 503
  return Response.json({ error }, { status })
}

/** What the services refused of connectors, as an answer: they may be restarting. */
export function connectorRefusal(error: ActionError): Response {
  return error.code === 'NOT_FOUND'
    ? refusal('NOT_FOUND')
    : Response.json({ error }, { status: 503 })
}
