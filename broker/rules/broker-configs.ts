import { groupRules } from './groups.ts'
import { brokerLimit } from './limits.ts'
import type { OpenListenerSettings } from './open-listener.ts'
import {
  type ConfigType,
  defaultPartitions,
  topicConfigs,
  valueWithNodes,
} from './topic-configs.ts'

/**
 * The configs of a broker as tools read them. None can be changed through Kafka; each says what
 * really holds here, taken from the rule that enforces it.
 */
export interface BrokerConfig {
  readonly name: string
  readonly type: ConfigType
  readonly value: string
  readonly source: 'STATIC_BROKER_CONFIG' | 'DEFAULT_CONFIG'
  readonly documentation: string
}

/** Every config of a broker that shows `nodes` nodes, by name, as they hold on the port that was asked. */
export function brokerConfigs(
  nodes: number,
  openListener: Pick<OpenListenerSettings, 'createTopics' | 'partitions'> | null = null,
): readonly BrokerConfig[] {
  const { createTopics, partitions } = openListener ?? {
    createTopics: false,
    partitions: defaultPartitions,
  }
  const own: readonly BrokerConfig[] = [
    fixed(
      'auto.create.topics.enable',
      'BOOLEAN',
      String(createTopics),
      'Whether asking for a topic creates it.',
    ),
    fixed(
      'default.replication.factor',
      'INT',
      nodes,
      'Replicas of a topic that does not say how many; every node holds every partition.',
    ),
    fixed('num.partitions', 'INT', partitions, 'Partitions of a topic that does not say.'),
    usual('delete.topic.enable', 'BOOLEAN', 'true', 'Whether topics can be deleted.'),
    usual('fetch.max.bytes', 'INT', brokerLimit('fetchBytes'), 'The largest answer to a fetch.'),
    usual(
      'group.initial.rebalance.delay.ms',
      'INT',
      groupRules.initialRebalanceDelayMs,
      'How long the first member of an empty group waits for company.',
    ),
    usual(
      'group.max.session.timeout.ms',
      'INT',
      groupRules.sessionTimeoutMaxMs,
      'Longest session.',
    ),
    usual('group.max.size', 'INT', groupRules.membersMax, 'Members that a group may have.'),
    usual(
      'group.min.session.timeout.ms',
      'INT',
      groupRules.sessionTimeoutMinMs,
      'Shortest session.',
    ),
    usual(
      'offset.metadata.max.bytes',
      'INT',
      groupRules.offsetMetadataMaxBytes,
      'Text that may be committed with an offset.',
    ),
    usual(
      'offsets.retention.minutes',
      'INT',
      groupRules.offsetsRetentionMs / 60_000,
      'How long committed offsets outlive the last member of their group.',
    ),
    usual('socket.request.max.bytes', 'INT', brokerLimit('frameBytes'), 'The largest request.'),
  ]
  return [...own, ...topicDefaults(nodes)].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The broker's side of each topic config: what a topic has that does not set it. */
function topicDefaults(nodes: number): readonly BrokerConfig[] {
  const defaults: BrokerConfig[] = []
  for (const rule of topicConfigs) {
    if (!('brokerConfig' in rule)) continue
    defaults.push({
      name: rule.brokerConfig,
      type: rule.type,
      value: valueWithNodes(rule, rule.default, nodes),
      source: 'kafkaDefault' in rule ? 'STATIC_BROKER_CONFIG' : 'DEFAULT_CONFIG',
      documentation: `Holds for topics that do not set ${rule.name}: ${rule.documentation}`,
    })
  }
  return defaults
}

function fixed(
  name: string,
  type: ConfigType,
  value: string | number,
  documentation: string,
): BrokerConfig {
  return { name, type, value: String(value), source: 'STATIC_BROKER_CONFIG', documentation }
}

function usual(
  name: string,
  type: ConfigType,
  value: string | number,
  documentation: string,
): BrokerConfig {
  return { name, type, value: String(value), source: 'DEFAULT_CONFIG', documentation }
}
