import 'server-only'
import { brokerControl } from '../broker-control.ts'
import { connectControl } from '../connect-control.ts'
import { consoleDb } from '../db.ts'
import type { OwnCluster } from './ownership.ts'

export interface ApiKeyRow {
  readonly key: string
  readonly description: string
  /** Null for a key that was made outside this console. */
  readonly owner: string | null
  readonly createdMs: number
}

/** The keys of a cluster that is the caller's, newest first. A key still being made is none yet. */
export async function listApiKeys(cluster: OwnCluster): Promise<readonly ApiKeyRow[]> {
  const rows = await consoleDb().apiKey.findMany({
    where: { clusterId: cluster.id, state: 'active' },
    orderBy: [{ createdMs: 'desc' }, { key: 'asc' }],
    include: { owner: { select: { name: true } } },
  })
  return rows.map((row) => ({
    key: row.key,
    description: row.description,
    owner: row.owner?.name ?? null,
    createdMs: Number(row.createdMs),
  }))
}

/** A key with how many of the cluster's open connections have signed in by it. */
export interface ApiKeyInUse extends ApiKeyRow {
  /** Null while the broker cannot be asked. */
  readonly connections: number | null
  /** Names of the connectors that sign in with it. */
  readonly connectors: readonly string[]
}

export async function listApiKeysInUse(cluster: OwnCluster): Promise<readonly ApiKeyInUse[]> {
  const [rows, connections, connectors] = await Promise.all([
    listApiKeys(cluster),
    brokerControl().connections(),
    connectControl().connectors({ environmentId: cluster.envId, clusterId: cluster.id }),
  ])
  const connectorList = connectors.ok ? Object.entries(connectors.value) : []
  const principals = connections.ok
    ? connections.value.filter(({ tenantId }) => tenantId === cluster.id)
    : null
  return rows.map((row) => ({
    ...row,
    connections:
      principals?.filter(({ principal }) => principal === `User:${row.key}`).length ?? null,
    connectors: connectorList.flatMap(([name, { status }]) =>
      status?.apiKey === row.key ? [name] : [],
    ),
  }))
}
