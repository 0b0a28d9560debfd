import 'server-only'
import { consoleSettings } from '../env.ts'
import type { ClusterClient } from './cluster-client.ts'
import { connectCluster } from './connect-cluster.ts'
import { internalAddress } from './credentials.ts'

/**
 * The clients of the clusters that pages have asked about lately; one that nobody asked for during
 * five minutes ends its connections.
 */
const idleMsMax = 5 * 60_000

interface Kept {
  readonly client: ClusterClient
  timer: NodeJS.Timeout
}

// Hot reload in development evaluates this module again; open connections must not be forgotten.
const global = globalThis as { tributaryClusterClients?: Map<string, Kept> }

function keptClients(): Map<string, Kept> {
  global.tributaryClusterClients ??= new Map()
  return global.tributaryClusterClients
}

/** The client of a cluster. The caller has checked that the cluster is the person's. */
export function clusterClient(clusterId: string): ClusterClient {
  const clients = keptClients()
  const kept = clients.get(clusterId)
  const client = kept?.client ?? connectCluster(internalAddress(clusterId, consoleSettings()))
  clearTimeout(kept?.timer)
  const timer = setTimeout(() => void closeClusterClient(clusterId), idleMsMax).unref()
  clients.set(clusterId, { client, timer })
  return client
}

export async function closeClusterClient(clusterId: string): Promise<void> {
  const kept = keptClients().get(clusterId)
  clearTimeout(kept?.timer)
  keptClients().delete(clusterId)
  await kept?.client.close()
}
