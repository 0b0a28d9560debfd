import type { Topic } from '../cluster/topic.ts'
import { errorCode } from '../errors.ts'

/** One partition as Metadata and DescribeTopicPartitions both tell it. */
export function partitionMetadata(topic: Topic, partition: number) {
  const replicas = topic.replicasOf(partition)
  return {
    errorCode: errorCode('NONE'),
    partitionIndex: partition,
    leaderId: topic.leaderOf(partition),
    leaderEpoch: topic.partitions[partition]?.leaderEpoch ?? -1,
    replicaNodes: replicas,
    // All nodes share one store, so that none can lag behind or be without the data.
    isrNodes: replicas,
    offlineReplicas: [],
  }
}
