import 'server-only'
import { notFound } from 'next/navigation'
import type { ActionError } from '../actions/result.ts'
import { failed } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { isInternalName } from '../format/topics.ts'
import type { TopicDescription, TopicSummary } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import type { OwnCluster } from './ownership.ts'

/** What a page shows of a cluster: the answer, or why there is none. */
export type FromCluster<Value> = { readonly ok: Value } | { readonly error: ActionError }

export function listTopics(cluster: OwnCluster): Promise<FromCluster<readonly TopicSummary[]>> {
  return fromCluster(cluster, () => clusterClient(cluster.id).admin.listTopics())
}

/** A topic as the list of them sends it to the browser: ten thousand have to be small. */
export function topicTuple(topic: TopicSummary): [string, number, 0 | 1] {
  const { name, partitionCount, isInternal } = topic
  return [name, partitionCount, isInternal || isInternalName(name) ? 1 : 0]
}

/** `ok` is null where the cluster has no such topic. */
export function describeTopic(
  cluster: OwnCluster,
  topic: string,
): Promise<FromCluster<TopicDescription | null>> {
  return fromCluster(cluster, () => clusterClient(cluster.id).admin.describeTopic(topic))
}

/** For pages about a topic: the topic, or 404. Where the cluster does not answer, why. */
export async function requireTopic(
  cluster: OwnCluster,
  topic: string,
): Promise<FromCluster<TopicDescription>> {
  const described = await describeTopic(cluster, topic)
  return 'error' in described ? described : { ok: described.ok ?? notFound() }
}

/** Asks a cluster; refusals and an unreachable broker come back as values for the page. */
export async function fromCluster<Value>(
  cluster: OwnCluster,
  ask: () => Promise<Value>,
): Promise<FromCluster<Value>> {
  if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
  try {
    return { ok: await ask() }
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure === null) throw error
    return { error: { code: failure.code, message: failure.message } }
  }
}
