import 'server-only'
import type { PartitionOffsets } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import type { OwnCluster } from './ownership.ts'
import { type FromCluster, fromCluster } from './topics.ts'

/** Where each partition of a topic starts and ends now, in order. */
export function readTopicOffsets(
  cluster: OwnCluster,
  topic: string,
): Promise<FromCluster<readonly PartitionOffsets[]>> {
  return fromCluster(cluster, () => clusterClient(cluster.id).readOffsets(topic))
}
