import 'server-only'
import type { TopicDescription } from '../kafka/cluster-client.ts'

/** The facts in a topic's header. */
export function topicFacts(topic: TopicDescription) {
  const retention = topic.configs.find(({ name }) => name === 'retention.ms')?.value
  return {
    partitionCount: topic.partitionCount,
    replicaCount: topic.replicaCount,
    isInSync: topic.isInSync,
    retentionMs: retention === undefined || retention === null ? null : Number(retention),
  }
}
