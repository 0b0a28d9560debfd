import 'server-only'
import { connectControl } from '../connect-control.ts'
import { servicesControl } from '../services-control.ts'
import type { OwnCluster } from './ownership.ts'

/** What the navigation counts; null where nobody knows just now. */
export interface ClusterCounts {
  readonly topics: number | null
  readonly connectors: number | null
  /** How many connectors are in each state, e.g. `{ RUNNING: 2 }`. */
  readonly connectorStates: Readonly<Record<string, number>>
  /** Client ids of the last ten minutes. */
  readonly clients: number | null
}

export async function readCounts({ id, envId }: OwnCluster): Promise<ClusterCounts> {
  const services = servicesControl()
  const [cards, clients, connectors] = await Promise.all([
    services.clusterCards([id]),
    services.clusterClients(id),
    connectControl().connectors({ environmentId: envId, clusterId: id }),
  ])
  const states = connectors.ok
    ? Object.values(connectors.value).map(({ status }) => status?.connector.state ?? 'UNKNOWN')
    : []
  const connectorStates: Record<string, number> = {}
  for (const state of states) connectorStates[state] = (connectorStates[state] ?? 0) + 1
  return {
    topics: (cards.ok ? cards.value[0]?.topics : null) ?? null,
    connectors: connectors.ok ? states.length : null,
    connectorStates,
    clients: clients.ok ? clients.value.clients.length : null,
  }
}
