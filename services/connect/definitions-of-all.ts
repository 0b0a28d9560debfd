import { clusterLimits } from '../../broker/rules/limits.ts'
import type { PluginConfigDefinition } from './plugin.ts'

// What every connector is told, whatever it does. Names, groups and defaults are those of
// Confluent's managed connectors.

const definition = {
  type: 'STRING',
  required: false,
  default_value: null,
  importance: 'HIGH',
  width: 'NONE',
  dependents: [],
  order: 0,
  alias: '',
} as const

const group = {
  connection: 'How should we connect to your data?',
  credentials: 'Kafka Cluster credentials',
  tasks: 'Number of tasks for this connector',
  transforms: 'Transforms',
  predicates: 'Predicates',
} as const

/** Before the plugin's own. */
export function leadingDefinitions(pluginClass: string): readonly PluginConfigDefinition[] {
  return [
    {
      ...definition,
      name: 'connector.class',
      required: true,
      documentation: 'Which connector this is.',
      group: group.connection,
      display_name: 'Connector class',
      order: 1,
      allowed: [pluginClass],
    },
    {
      ...definition,
      name: 'name',
      required: true,
      documentation: 'What the connector is called in its cluster.',
      group: group.connection,
      display_name: 'Connector name',
      order: 2,
    },
    {
      ...definition,
      name: 'kafka.auth.mode',
      default_value: 'KAFKA_API_KEY',
      documentation: 'How the connector signs in to Kafka.',
      group: group.credentials,
      display_name: 'Kafka Cluster Authentication mode',
      order: 1,
      allowed: ['KAFKA_API_KEY', 'SERVICE_ACCOUNT'],
      unavailable: {
        SERVICE_ACCOUNT:
          'Service accounts do not exist here yet: use KAFKA_API_KEY with a key of this cluster.',
      },
    },
    {
      ...definition,
      name: 'kafka.api.key',
      type: 'PASSWORD',
      documentation: 'The API key of this cluster that the connector signs in with.',
      group: group.credentials,
      display_name: 'Kafka API Key',
      dependents: ['kafka.api.secret'],
      order: 2,
    },
    {
      ...definition,
      name: 'kafka.service.account.id',
      documentation: 'The service account that the connector acts as.',
      group: group.credentials,
      display_name: 'Kafka Service Account',
      order: 3,
    },
    {
      ...definition,
      name: 'kafka.api.secret',
      type: 'PASSWORD',
      documentation: 'The secret of the API key.',
      group: group.credentials,
      display_name: 'Kafka API Secret',
      dependents: ['kafka.api.key'],
      order: 4,
    },
  ]
}

/** Behind the plugin's own. */
export const trailingDefinitions: readonly PluginConfigDefinition[] = [
  {
    ...definition,
    name: 'tasks.max',
    type: 'INT',
    required: true,
    documentation: `How many tasks share the work; ${clusterLimits.tasksPerConnector.BASIC} on a Basic cluster.`,
    group: group.tasks,
    display_name: 'Tasks',
    order: 1,
    min: 1,
  },
  {
    ...definition,
    name: 'transforms',
    type: 'LIST',
    importance: 'LOW',
    width: 'LONG',
    documentation: 'Changes to each record on its way; not available here yet.',
    group: group.transforms,
    display_name: 'Transforms',
    order: 7,
    notAvailable: 'Transforms cannot be applied here yet: leave this empty.',
  },
  {
    ...definition,
    name: 'predicates',
    type: 'LIST',
    importance: 'LOW',
    width: 'LONG',
    documentation: 'Conditions for transforms; not available here yet.',
    group: group.predicates,
    display_name: 'Predicates',
    order: 8,
    notAvailable: 'Predicates cannot be applied here yet: leave this empty.',
  },
]
