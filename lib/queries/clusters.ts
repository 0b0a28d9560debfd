import 'server-only'
import { providers } from '../../broker/rules/regions.ts'
import type { SignedIn } from '../auth/session.ts'
import { consoleDb } from '../db.ts'
import { type ClusterState, clusterStateOf } from '../format/cluster-states.ts'
import { type OwnEnvironment, ownedBy } from './ownership.ts'

export interface ClusterRow {
  readonly id: string
  readonly name: string
  readonly envId: string
  readonly environmentName: string
  readonly place: Place
  readonly type: string
  readonly state: ClusterState
  readonly apiKeyCount: number
  readonly createdMs: number
}

/** A provider and a region, as people read them. */
export interface Place {
  readonly provider: string
  readonly region: string
  /** Both in short: `GCP | europe-west2`. */
  readonly brief: string
}

/** The clusters of an environment that is the caller's, oldest first. */
export function listClusters(environment: OwnEnvironment): Promise<readonly ClusterRow[]> {
  return clusterRows({ environmentId: environment.id })
}

/** All clusters that are the caller's, oldest first. */
export function listAllClusters(session: SignedIn): Promise<readonly ClusterRow[]> {
  return clusterRows({ environment: ownedBy(session) })
}

async function clusterRows(
  where: { readonly environmentId: string } | { readonly environment: ReturnType<typeof ownedBy> },
): Promise<readonly ClusterRow[]> {
  const rows = await consoleDb().cluster.findMany({
    where,
    orderBy: [{ createdMs: 'asc' }, { name: 'asc' }],
    include: {
      environment: { select: { name: true } },
      _count: { select: { apiKeys: { where: { state: 'active' } } } },
    },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    envId: row.environmentId,
    environmentName: row.environment.name,
    place: describePlace(row.provider, row.region),
    type: row.type,
    state: clusterStateOf(row.state),
    apiKeyCount: row._count.apiKeys,
    createdMs: Number(row.createdMs),
  }))
}

export interface ProviderChoice {
  readonly id: string
  readonly name: string
  readonly regions: readonly { readonly id: string; readonly name: string }[]
}

/** The providers in the order of Confluent's tiles, with their regions. */
export function listProviders(): readonly ProviderChoice[] {
  const order = ['aws', 'gcp', 'azure']
  return order.flatMap((id) => providers.filter((provider) => provider.id === id))
}

/** `gcp`, `europe-west2` → `Google Cloud`, `London (europe-west2)`. */
export function describePlace(provider: string, region: string): Place {
  const known = listProviders().find((candidate) => candidate.id === provider)
  const place = known?.regions.find((candidate) => candidate.id === region)
  return {
    provider: known?.name ?? provider,
    region: place === undefined ? region : `${place.name} (${region})`,
    brief: `${provider.toUpperCase()} | ${region}`,
  }
}
