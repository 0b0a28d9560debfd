import type { Topic } from '../cluster/topic.ts'
import { errorCode } from '../errors.ts'
import type { NodeAddress } from './handler.ts'

/** One partition as Metadata and DescribeTopicPartitions both tell it to who is shown these nodes. */
export function partitionMetadata(topic: Topic, partition: number, nodes: readonly NodeAddress[]) {
  const replicas = replicasSeen(topic, partition, nodes)
  return {
    errorCode: errorCode('NONE'),
    partitionIndex: partition,
    leaderId: replicas[0] ?? -1,
    leaderEpoch: topic.partitions[partition]?.leaderEpoch ?? -1,
    replicaNodes: replicas,
    // All nodes share one store, so that none can lag behind or be without the data.
    isrNodes: replicas,
    offlineReplicas: [],
  }
}

/**
 * The replicas of a partition, its leader first, among the nodes that a connection is shown. Through
 * an open listener that is one node, which then leads everything: any node serves any partition.
 */
export function replicasSeen(
  topic: Topic,
  partition: number,
  nodes: readonly NodeAddress[],
): readonly number[] {
  const replicas = topic.replicasOf(partition)
  return nodes.length >= replicas.length
    ? replicas
    : replicas.filter((nodeId) => nodes.some((node) => node.nodeId === nodeId))
}
