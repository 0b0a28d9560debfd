import { DescribeConfigs } from '../../broker/protocol/messages/describe-configs.ts'
import { IncrementalAlterConfigs } from '../../broker/protocol/messages/incremental-alter-configs.ts'
import type { ResponseReceived } from '../../broker/protocol/schema.ts'
import type { TopicConfigEntry } from './cluster-client.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** Configs of one topic, by DescribeConfigs and IncrementalAlterConfigs. */

const topicResource = 2

/** Kafka's sources of a value (`ConfigEntry.ConfigSource`). */
const setOnTopic = 1
const builtIn = 5

const setOperation = 0
const deleteOperation = 1

/** UNKNOWN_TOPIC_OR_PARTITION. */
const unknownTopic = 3

/** Null where the cluster has no such topic. */
export async function describeTopicConfigs(
  nodes: Nodes,
  topic: string,
): Promise<TopicConfigEntry[] | null> {
  const resource = { resourceType: topicResource, resourceName: topic, configurationKeys: null }
  const answer = await nodes.ask((connection) =>
    connection.call(DescribeConfigs, {
      resources: [resource],
      includeSynonyms: true,
      includeDocumentation: true,
    }),
  )
  const result = answer.results[0]
  if (result === undefined || result.errorCode === unknownTopic) return null
  if (result.errorCode !== 0) throw failureOfCode(result.errorCode, result.errorMessage)
  return result.configs.map(entryOf)
}

/** Sets what has a value and takes back what is null, all or nothing. */
export async function alterTopicConfigs(
  nodes: Nodes,
  topic: string,
  changes: Readonly<Record<string, string | null>>,
): Promise<void> {
  const configs = Object.entries(changes).map(([name, value]) => ({
    name,
    configOperation: value === null ? deleteOperation : setOperation,
    value,
  }))
  const answer = await nodes.ask((connection) =>
    connection.call(IncrementalAlterConfigs, {
      resources: [{ resourceType: topicResource, resourceName: topic, configs }],
      validateOnly: false,
    }),
  )
  for (const { errorCode, errorMessage } of answer.responses) {
    if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
  }
}

type DescribedConfig = ResponseReceived<
  typeof DescribeConfigs
>['results'][number]['configs'][number]

function entryOf(config: DescribedConfig): TopicConfigEntry {
  // Synonyms are in order of precedence: the first that is not the topic's own would hold instead.
  const inherited = config.synonyms.find(({ source }) => source !== setOnTopic)
  const source = inherited?.source ?? config.configSource
  return {
    name: config.name,
    value: config.value,
    isOverride: config.configSource === setOnTopic,
    isReadOnly: config.readOnly,
    inherited: {
      value: inherited === undefined ? config.value : inherited.value,
      source: source === builtIn ? 'kafka' : 'cluster',
    },
    documentation: config.documentation,
  }
}
