import 'server-only'
import { connectControl } from '../connect-control.ts'
import { servicesControl } from '../services-control.ts'
import type { OwnCluster } from './ownership.ts'

/** What the navigation counts; null where nobody knows just now. */
export interface ClusterCounts {
  readonly topics: number | null
  readonly connectors: number | null
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
  return {
    topics: (cards.ok ? cards.value[0]?.topics : null) ?? null,
    connectors: connectors.ok ? Object.keys(connectors.value).length : null,
    clients: clients.ok ? clients.value.clients.length : null,
  }
}
