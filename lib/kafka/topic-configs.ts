import { DescribeConfigs } from '../../broker/protocol/messages/describe-configs.ts'
import { IncrementalAlterConfigs } from '../../broker/protocol/messages/incremental-alter-configs.ts'
import type { ResponseReceived } from '../../broker/protocol/schema.ts'
import type { TopicConfigEntry } from './cluster-client.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** Configs of topics and nodes, by DescribeConfigs and IncrementalAlterConfigs. */

/** Kafka's kinds of resources (`ConfigResource.Type`). An empty name means the default of all nodes. */
export const configResources = { topic: 2, broker: 4 } as const

export interface ConfigResource {
  readonly type: keyof typeof configResources
  readonly name: string
}

export type DescribedConfig = ResponseReceived<
  typeof DescribeConfigs
>['results'][number]['configs'][number]

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
  const [result] = await describe(nodes, [{ type: 'topic', name: topic }])
  if (result === undefined || result.errorCode === unknownTopic) return null
  if (result.errorCode !== 0) throw failureOfCode(result.errorCode, result.errorMessage)
  return result.configs.map(entryOf)
}

/** Every config of each resource, in Kafka's own terms; rejects where one of them is refused. */
export async function describeConfigs(
  nodes: Nodes,
  resources: readonly ConfigResource[],
): Promise<ReadonlyMap<string, readonly DescribedConfig[]>> {
  const results = await describe(nodes, resources)
  return new Map(
    results.map(({ errorCode, errorMessage, resourceName, configs }) => {
      if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
      return [resourceName, configs]
    }),
  )
}

async function describe(nodes: Nodes, resources: readonly ConfigResource[]) {
  const asked = resources.map(({ type, name }) => ({
    resourceType: configResources[type],
    resourceName: name,
    configurationKeys: null,
  }))
  const request = { resources: asked, includeSynonyms: true, includeDocumentation: true }
  return (await nodes.ask((connection) => connection.call(DescribeConfigs, request))).results
}

/** Sets what has a value and takes back what is null, all or nothing. */
export async function alterTopicConfigs(
  nodes: Nodes,
  topic: string,
  changes: Readonly<Record<string, string | null>>,
): Promise<void> {
  await alterConfigs(nodes, { type: 'topic', name: topic }, { changes: Object.entries(changes) })
}

/** The same for any resource; with `validateOnly` it only says whether it would be taken. */
export async function alterConfigs(
  nodes: Nodes,
  { type, name: resourceName }: ConfigResource,
  {
    changes,
    validateOnly = false,
  }: {
    readonly changes: readonly (readonly [string, string | null])[]
    readonly validateOnly?: boolean
  },
): Promise<void> {
  const configs = changes.map(([name, value]) => ({
    name,
    configOperation: value === null ? deleteOperation : setOperation,
    value,
  }))
  const answer = await nodes.ask((connection) =>
    connection.call(IncrementalAlterConfigs, {
      resources: [{ resourceType: configResources[type], resourceName, configs }],
      validateOnly,
    }),
  )
  for (const { errorCode, errorMessage } of answer.responses) {
    if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
  }
}

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
