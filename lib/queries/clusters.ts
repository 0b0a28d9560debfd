import 'server-only'
import { providers } from '../../broker/rules/regions.ts'
import { consoleDb } from '../db.ts'
import { type ClusterState, clusterStateOf } from '../format/cluster-states.ts'
import type { OwnEnvironment } from './ownership.ts'

export interface ClusterRow {
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly region: string
  readonly type: string
  readonly state: ClusterState
  readonly apiKeyCount: number
  readonly createdMs: number
}

/** The clusters of an environment that is the caller's, oldest first. */
export async function listClusters(environment: OwnEnvironment): Promise<readonly ClusterRow[]> {
  const rows = await consoleDb().cluster.findMany({
    where: { environmentId: environment.id },
    orderBy: [{ createdMs: 'asc' }, { name: 'asc' }],
    include: { _count: { select: { apiKeys: { where: { state: 'active' } } } } },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    provider: row.provider,
    region: row.region,
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
export function describePlace(provider: string, region: string) {
  const known = listProviders().find((candidate) => candidate.id === provider)
  const place = known?.regions.find((candidate) => candidate.id === region)
  return {
    provider: known?.name ?? provider,
    region: place === undefined ? region : `${place.name} (${region})`,
  }
}
