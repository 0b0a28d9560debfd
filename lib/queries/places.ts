import 'server-only'
import type { SignedIn } from '../auth/session.ts'
import { connectControl } from '../connect-control.ts'
import { consoleDb } from '../db.ts'
import { type ClusterState, clusterStateOf } from '../format/cluster-states.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { type OwnCluster, ownedBy } from './ownership.ts'
import { fromCluster } from './topics.ts'

/** An environment and its clusters, as the switchers and the command palette list them. */
export interface Place {
  readonly envId: string
  readonly name: string
  readonly clusters: readonly {
    readonly clusterId: string
    readonly name: string
    readonly state: ClusterState
  }[]
}

/** Where the caller can go, oldest first. */
export async function listPlaces(session: SignedIn): Promise<readonly Place[]> {
  const rows = await consoleDb().environment.findMany({
    where: ownedBy(session),
    orderBy: [{ createdMs: 'asc' }, { name: 'asc' }],
    include: { clusters: { orderBy: [{ createdMs: 'asc' }, { name: 'asc' }] } },
  })
  return rows.map((row) => ({
    envId: row.id,
    name: row.name,
    clusters: row.clusters.map((cluster) => ({
      clusterId: cluster.id,
      name: cluster.name,
      state: clusterStateOf(cluster.state),
    })),
  }))
}

/** What lies in a cluster by its name. */
export interface JumpTargets {
  readonly topics: readonly string[]
  readonly connectors: readonly string[]
  readonly apiKeys: readonly { readonly key: string; readonly description: string }[]
}

/** As many of a kind as a palette can show; typing on narrows them down. */
const targetsMax = 20

/**
 * Topics and connectors whose name, and API keys whose key or description contain the text; internal topics only
 * where it begins with an underscore. A cluster that does not answer has no topics to jump to.
 */
export async function findJumpTargets(cluster: OwnCluster, text: string): Promise<JumpTargets> {
  const [listed, connectors, keys] = await Promise.all([
    fromCluster(cluster, () => clusterClient(cluster.id).admin.listTopics()),
    connectControl().connectors({ environmentId: cluster.envId, clusterId: cluster.id }),
    consoleDb().apiKey.findMany({
      where: { clusterId: cluster.id, state: 'active' },
      orderBy: { createdMs: 'desc' },
    }),
  ])
  const wanted = text.trim().toLowerCase()
  const isWanted = (candidate: string) => candidate.toLowerCase().includes(wanted)
  const topics = 'ok' in listed ? listed.ok : []
  return {
    topics: topics
      .filter(({ name, isInternal }) => isWanted(name) && (!isInternal || wanted.startsWith('_')))
      .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted))
      .slice(0, targetsMax)
      .map(({ name }) => name),
    connectors: (connectors.ok ? Object.keys(connectors.value) : [])
      .filter(isWanted)
      .slice(0, targetsMax),
    apiKeys: keys
      .filter(({ key, description }) => isWanted(key) || isWanted(description))
      .slice(0, targetsMax)
      .map(({ key, description }) => ({ key, description })),
  }
}

/** Names that begin with the text come first. */
function rank(name: string, wanted: string): number {
  return name.toLowerCase().startsWith(wanted) ? 0 : 1
}
