import { type Admin, ConfigResourceTypes } from '@platformatic/kafka'
import type { ClusterAdmin, TopicConfigEntry, TopicDescription } from './cluster-client.ts'
import { asKafkaFailure } from './failure.ts'

/** Topics by `@platformatic/kafka`'s admin client; whatever it throws becomes a `KafkaFailure`. */
export function createTopicAdmin(admin: Admin): ClusterAdmin {
  return {
    listTopics: () => asFailure(listTopics(admin)),
    describeTopic: (name) => asFailure(describeTopic(admin, name)),
    createTopic: ({ name, partitionCount, configs }) =>
      asFailure(
        admin.createTopics({
          topics: [name],
          partitions: partitionCount,
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        }),
      ).then(() => undefined),
    deleteTopic: (name) => asFailure(admin.deleteTopics({ topics: [name] })),
  }
}

async function listTopics(admin: Admin) {
  const names = await admin.listTopics()
  if (names.length === 0) return []
  const metadata = await admin.metadata({ topics: names, forceUpdate: true })
  return names.flatMap((name) => {
    // One that was deleted between the two calls is simply not there.
    const partitionCount = metadata.topics.get(name)?.partitionsCount
    return partitionCount === undefined ? [] : [{ name, partitionCount }]
  })
}

async function describeTopic(admin: Admin, name: string): Promise<TopicDescription | null> {
  if (!(await admin.listTopics({ includeInternals: true })).includes(name)) return null
  const [metadata, configs] = await Promise.all([
    admin.metadata({ topics: [name], forceUpdate: true }),
    describeConfigs(admin, name),
  ])
  const topic = metadata.topics.get(name)
  if (topic === undefined) return null
  return {
    name,
    partitionCount: topic.partitionsCount,
    replicaCount: topic.partitions[0]?.replicas.length ?? 0,
    isInSync: topic.partitions.every(({ replicas, isr }) => replicas.length === isr.length),
    configs,
  }
}

/** Kafka's source DYNAMIC_TOPIC_CONFIG: set on the topic itself. */
const setOnTopic = 1

async function describeConfigs(admin: Admin, name: string): Promise<TopicConfigEntry[]> {
  const [description] = await admin.describeConfigs({
    resources: [
      { resourceType: ConfigResourceTypes.TOPIC, resourceName: name, configurationKeys: null },
    ],
  })
  return (description?.configs ?? []).map((config) => ({
    name: config.name,
    value: config.value ?? null,
    isOverride: config.configSource === setOnTopic,
    isReadOnly: config.readOnly,
  }))
}

async function asFailure<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw asKafkaFailure(error) ?? error
  }
}
