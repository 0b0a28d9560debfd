import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { brokerConfigs } from '../rules/broker-configs.ts'
import { topicNameProblem } from '../rules/names.ts'
import { type ConfigSynonym, type ConfigType, topicConfigEntries } from '../rules/topic-configs.ts'
import { configResources, configSourceCodes, configTypeCodes } from './config-codes.ts'
import { handler, type RequestContext } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { firstOfEach } from './repeated.ts'

/**
 * Tells every config of topics and nodes: its value, where it comes from, and what it means.
 *
 * Differs from Kafka: a resource asked for twice in the same words is answered once. All configs of
 * one take 4 kB, so that naming it over and over would fill the memory by a request of a megabyte.
 */
export const describeConfigs = handler(DescribeConfigs, (context, request) => ({
  results: firstOfEach(request.resources, JSON.stringify).map((resource) => {
    const { resourceType, resourceName } = resource
    const entries = entriesOf(context, resource)
    if (isRefusal(entries)) {
      return { ...refusalFields(entries), resourceType, resourceName, configs: [] }
    }
    const wanted = resource.configurationKeys === null ? null : new Set(resource.configurationKeys)
    const configs = entries
      .filter(({ name }) => wanted === null || wanted.has(name))
      .map((entry) => encode(entry, request))
    return { ...NO_REFUSAL, resourceType, resourceName, configs }
  }),
}))

type DescribeRequest = RequestOf<typeof DescribeConfigs>
type Resource = DescribeRequest['resources'][number]

interface ConfigEntry {
  readonly name: string
  readonly type: ConfigType
  readonly value: string
  readonly readOnly: boolean
  readonly source: keyof typeof configSourceCodes
  readonly synonyms: readonly ConfigSynonym[]
  readonly documentation: string
}

function entriesOf(
  context: RequestContext,
  { resourceType, resourceName }: Resource,
): readonly ConfigEntry[] | Refusal {
  switch (resourceType) {
    case configResources.TOPIC:
      return topicEntries(context, resourceName)
    case configResources.BROKER:
      return brokerEntries(context, resourceName)
    case configResources.BROKER_LOGGER:
    case configResources.CLIENT_METRICS:
    case configResources.GROUP:
      // Kafka has such configs and tools ask for them; here there is nothing that they could set.
      return []
    default:
      return refuse('INVALID_REQUEST', `Unsupported resource type: ${resourceType}`)
  }
}

function topicEntries(
  { tenant, connection: { nodes } }: RequestContext,
  name: string,
): readonly ConfigEntry[] | Refusal {
  const problem = topicNameProblem(name)
  if (problem !== null) {
    return refuse('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: ${problem}`)
  }
  const topic = tenant.topics.byName(name)
  if (topic === undefined) return refuse('UNKNOWN_TOPIC_OR_PARTITION')
  return topicConfigEntries(topic.config, nodes.length).map(
    ({ rule, value, source, synonyms }) => ({
      name: rule.name,
      type: rule.type,
      value,
      readOnly: !rule.editable,
      source,
      synonyms,
      documentation: rule.documentation,
    }),
  )
}

/** Every node is configured alike, so any of them answers for any; an empty name means all. */
function brokerEntries(
  { connection: { nodes, nodeId }, openListener }: RequestContext,
  name: string,
): readonly ConfigEntry[] | Refusal {
  if (name !== '' && !/^\d+$/.test(name)) {
    return refuse('INVALID_REQUEST', `Broker id must be an integer, but it is: ${name}`)
  }
  if (name !== '' && !nodes.some((node) => node.nodeId === Number(name))) {
    return refuse(
      'INVALID_REQUEST',
      `Unexpected broker id, expected ${nodeId} or empty string, but received ${name}`,
    )
  }
  return brokerConfigs(nodes.length, openListener).map(
    ({ name, type, value, source, documentation }) => ({
      name,
      type,
      value,
      readOnly: true,
      source,
      synonyms: [{ name, value, source }],
      documentation,
    }),
  )
}

function encode(entry: ConfigEntry, request: DescribeRequest) {
  return {
    name: entry.name,
    value: entry.value,
    readOnly: entry.readOnly,
    configSource: configSourceCodes[entry.source],
    isSensitive: false,
    synonyms: request.includeSynonyms
      ? entry.synonyms.map(({ name, value, source }) => ({
          name,
          value,
          source: configSourceCodes[source],
        }))
      : [],
    configType: configTypeCodes[entry.type],
    documentation: request.includeDocumentation ? entry.documentation : null,
  }
}
