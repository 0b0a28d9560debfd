import 'server-only'
import type { ConnectorTemplate } from '../../broker/rules/connect.ts'
import { clusterLimits, clusterTypes } from '../../broker/rules/limits.ts'
import { connectControl } from '../connect-control.ts'
import { connectorPlugins, freeName, type PluginLook } from '../format/connector-plugins.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { connectorNames, connectPlace, connectRefusal } from './connectors.ts'
import { type FromServices, readLive } from './live.ts'
import type { OwnCluster } from './ownership.ts'
import { fromCluster } from './topics.ts'

export const addConnectorSteps = [
  'topic',
  'credentials',
  'configuration',
  'sizing',
  'review',
] as const
export type AddConnectorStep = (typeof addConnectorSteps)[number]

/** What the address of the wizard says. */
export interface ConnectorChoices {
  readonly step: AddConnectorStep
  /** Empty where none was chosen. */
  readonly topic: string
  readonly template: string
}

export interface TopicChoice {
  readonly name: string
  readonly partitionCount: number
  /** Bytes per second; null while nothing was measured. */
  readonly rates: { readonly produced: number; readonly consumed: number } | null
}

export type TemplateChoice = ConnectorTemplate

export interface AddConnectorOptions {
  readonly topics: readonly TopicChoice[]
  readonly templates: readonly TemplateChoice[]
  readonly nameToStartWith: string
  /** How many tasks one connector may have on a cluster of this type. */
  readonly tasksMax: number
  readonly clusterType: string
}

/** Figures of more topics than anybody looks through come with none. */
const measuredMax = 200

export async function addConnectorOptions(
  cluster: OwnCluster,
  plugin: PluginLook,
): Promise<FromServices<AddConnectorOptions>> {
  const [topics, templates, taken] = await Promise.all([
    listTopicChoices(cluster),
    listTemplates(cluster, plugin.pluginClass),
    connectorNames(cluster),
  ])
  if ('error' in topics) return topics
  if ('error' in templates) return templates
  const type = clusterTypes.find((candidate) => candidate === cluster.type) ?? 'BASIC'
  return {
    ok: {
      topics: topics.ok,
      templates: templates.ok,
      nameToStartWith: freeName(`${plugin.pluginClass}Connector`, taken ?? new Set()),
      tasksMax: clusterLimits.tasksPerConnector[type],
      clusterType: type,
    },
  }
}

/** The choices as the address has them; what does not exist is not chosen. */
export function readConnectorChoices(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
  options: AddConnectorOptions,
): ConnectorChoices {
  const template = options.templates.find(({ id }) => id === query.template)
  return {
    step: addConnectorSteps.find((step) => step === query.step) ?? 'topic',
    topic: options.topics.find(({ name }) => name === query.topic)?.name ?? '',
    template: template?.id ?? options.templates.find(({ id }) => id === 'ORDERS')?.id ?? '',
  }
}

/** What *Select a template* offers. */
export async function listTemplates(
  cluster: OwnCluster,
  pluginClass: string,
): Promise<FromServices<readonly TemplateChoice[]>> {
  const answer = await connectControl().templates(connectPlace(cluster), pluginClass)
  return answer.ok ? { ok: answer.value } : connectRefusal(answer)
}

/** Those of the plugin that has sample data; none while they cannot be asked for. */
export async function listSampleTemplates(cluster: OwnCluster): Promise<readonly TemplateChoice[]> {
  const plugin = connectorPlugins.find(({ hasSampleData }) => hasSampleData)
  if (plugin === undefined) return []
  const templates = await listTemplates(cluster, plugin.pluginClass)
  return 'ok' in templates ? templates.ok : []
}

async function listTopicChoices(cluster: OwnCluster) {
  const listed = await fromCluster(cluster, () => clusterClient(cluster.id).admin.listTopics())
  if ('error' in listed) return listed
  const topics = listed.ok.filter(({ isInternal }) => !isInternal)
  const measured = topics.slice(0, measuredMax).map(({ name }) => name)
  const live = await readLive(cluster, { minutes: 1, topics: measured, topic: null })
  const byName = 'ok' in live ? (live.ok.topics?.byName ?? {}) : {}
  return {
    ok: topics.map(({ name, partitionCount }): TopicChoice => {
      const rates = byName[name]?.rates ?? null
      return {
        name,
        partitionCount,
        rates:
          rates === null
            ? null
            : {
                produced: rates.productionBytesPerSecond,
                consumed: rates.consumptionBytesPerSecond,
              },
      }
    }),
  }
}
