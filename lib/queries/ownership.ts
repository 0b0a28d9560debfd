import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireSession, type SignedIn } from '../auth/session.ts'
import { consoleDb } from '../db.ts'
import { type ClusterState, clusterStateOf } from '../format/cluster-states.ts'

/**
 * What belongs to whom. Every query and action begins with one of these; an environment or cluster of
 * another organisation is answered as one that does not exist.
 */
export interface OwnEnvironment {
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly createdMs: number
}

export interface OwnCluster {
  readonly id: string
  readonly name: string
  readonly envId: string
  readonly environmentName: string
  readonly provider: string
  readonly region: string
  readonly availability: string
  readonly type: string
  readonly state: ClusterState
  readonly createdMs: number
}

/** The condition under which an environment row is the caller's. */
export function ownedBy(session: SignedIn) {
  return { organisation: { memberships: { some: { userId: session.userId } } } }
}

/** The organisation that what the caller makes belongs to: the first that they joined. */
export async function findOwnOrganisation(session: SignedIn): Promise<{ id: string } | null> {
  const membership = await consoleDb().membership.findFirst({
    where: { userId: session.userId },
    orderBy: { createdMs: 'asc' },
  })
  return membership === null ? null : { id: membership.organisationId }
}

export async function findOwnEnvironment(
  session: SignedIn,
  envId: string,
): Promise<OwnEnvironment | null> {
  const row = await consoleDb().environment.findFirst({ where: { id: envId, ...ownedBy(session) } })
  if (row === null) return null
  return {
    id: row.id,
    name: row.name,
    organisationId: row.organisationId,
    createdMs: Number(row.createdMs),
  }
}

export async function findOwnCluster(
  session: SignedIn,
  at: { envId: string; clusterId: string },
): Promise<OwnCluster | null> {
  const row = await consoleDb().cluster.findFirst({
    where: { id: at.clusterId, environmentId: at.envId, environment: ownedBy(session) },
    include: { environment: { select: { name: true } } },
  })
  if (row === null) return null
  return {
    id: row.id,
    name: row.name,
    envId: row.environmentId,
    environmentName: row.environment.name,
    provider: row.provider,
    region: row.region,
    availability: row.availability,
    type: row.type,
    state: clusterStateOf(row.state),
    createdMs: Number(row.createdMs),
  }
}

/** For pages and layouts: the caller's environment, the sign-in page, or 404. Once per request. */
export const requireEnvironment = cache(
  async (envId: string, returnTo: string): Promise<OwnEnvironment> => {
    const session = await requireSession(returnTo)
    return (await findOwnEnvironment(session, envId)) ?? notFound()
  },
)

/** For pages and layouts: the caller's cluster, the sign-in page, or 404. Once per request. */
export const requireCluster = cache(
  async (envId: string, clusterId: string, returnTo: string): Promise<OwnCluster> => {
    const session = await requireSession(returnTo)
    return (await findOwnCluster(session, { envId, clusterId })) ?? notFound()
  },
)
