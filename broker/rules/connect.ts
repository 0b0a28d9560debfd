import { z } from 'zod'

/**
 * Shapes of connectors over HTTP: Confluent's Connect v1 paths under the services' control port,
 * with the bearer token of this start. `services/connect` serves them, `lib/control/connect.ts` is
 * their only caller. Base: `/connect/v1/environments/:environmentId/clusters/:clusterId`
 *
 *   GET    /connectors                      → string[]; ?expand=info,status,id → ExpandedConnectors
 *   POST   /connectors                      { name, config } → 201 ConnectorInfo
 *   GET    /connectors/:name                → ConnectorInfo
 *   GET    /connectors/:name/config         → config; PUT { … } → ConnectorInfo (201 where it was not there)
 *   GET    /connectors/:name/status         → ConnectorStatus
 *   GET    /connectors/:name/tasks          → { id: { connector, task }, config }[]
 *   PUT    /connectors/:name/pause, /resume → 202
 *   POST   /connectors/:name/restart, /connectors/:name/tasks/:task/restart → 204
 *   DELETE /connectors/:name                → 200 { error: null }
 *   GET    /connector-plugins               → ConnectorPluginView[]
 *   PUT    /connector-plugins/:class/config/validate  config → ConfigValidation
 * and ours, which Confluent has elsewhere or not at all:
 *   GET    /connectors/:name/logs           → { lines: ConnectorLogLine[] }, oldest first
 *   GET    /connector-plugins/:class/templates → { templates: ConnectorTemplate[] }, what its `quickstart` may be
 *   POST   /connector-plugins/:class/preview config → { records: SampleRecord[] }, or 400
 *   GET    /connect/v1/clusters             → { ids: string[] }, clusters that have connectors
 *   DELETE /connect/v1/clusters/:clusterId  → 204, with all of its connectors
 *
 * Errors are `{ "error_code": number, "message": string }` with that number as their status; where
 * a config is refused, `errors` says for each key what is wrong with it.
 */

/** Connect's flat configuration: every value is text. */
export const connectorConfig = z.record(z.string(), z.string())
export type ConnectorConfig = Readonly<z.infer<typeof connectorConfig>>

/** What stands in place of a secret when a config is read; sent back, it keeps the stored secret. */
export const maskedSecret = '*'.repeat(16)

/** Keys that a config is read back with and nobody set; sent back, they are left out again. */
export const serverConfigKeys: readonly string[] = [
  'cloud.environment',
  'cloud.provider',
  'kafka.endpoint',
  'kafka.region',
  'kafka.dedicated',
  'kafka.max.partition.validation.disable',
  'schema.registry.url',
  'valid.kafka.api.key',
  'connector.crn',
  'confluent.custom.plugin.type',
  'confluent.resource.connector.tier',
]

export const connectorNameLengthMax = 64

/** Sample records of one preview. */
export const previewRecords = 3

export const connectorStates = [
  'NONE',
  'PROVISIONING',
  'RUNNING',
  'DEGRADED',
  'FAILED',
  'PAUSED',
  'DELETED',
] as const
export type ConnectorState = (typeof connectorStates)[number]

/** STOPPED: not started yet, while the connector is PROVISIONING. */
export const taskStates = ['STOPPED', 'RUNNING', 'PAUSED', 'FAILED'] as const
export type TaskState = (typeof taskStates)[number]

export const configDefinition = z.object({
  name: z.string(),
  type: z.enum([
    'NONE',
    'BOOLEAN',
    'INT',
    'SHORT',
    'LONG',
    'DOUBLE',
    'STRING',
    'LIST',
    'ENUM',
    'PASSWORD',
  ]),
  required: z.boolean(),
  /** Null where there is none. */
  default_value: z.string().nullable(),
  importance: z.enum(['HIGH', 'MEDIUM', 'LOW']),
  documentation: z.string(),
  /** The section of the form. */
  group: z.string(),
  width: z.enum(['NONE', 'SHORT', 'MEDIUM', 'LONG']),
  display_name: z.string(),
  dependents: z.array(z.string()).readonly(),
  order: z.number(),
  alias: z.string(),
})
export type ConfigDefinition = Readonly<z.infer<typeof configDefinition>>

export const configValidation = z.object({
  /** The plugin's class. */
  name: z.string(),
  groups: z.array(z.string()),
  error_count: z.number(),
  configs: z.array(
    z.object({
      definition: configDefinition,
      value: z.object({
        name: z.string(),
        /** As given, or the default; secrets as stars. */
        value: z.string().nullable(),
        recommended_values: z.array(z.string()),
        /** Sentences for beside the field. */
        errors: z.array(z.string()),
        visible: z.boolean(),
      }),
      metadata: z.object({}),
    }),
  ),
})
export type ConfigValidation = z.infer<typeof configValidation>

const taskName = z.object({ connector: z.string(), task: z.number() })

export const connectorInfo = z.object({
  name: z.string(),
  type: z.enum(['source', 'sink']),
  config: connectorConfig,
  tasks: z.array(taskName),
})
export type ConnectorInfo = z.infer<typeof connectorInfo>

export const connectorStatus = z.object({
  name: z.string(),
  connector: z.object({
    state: z.enum(connectorStates),
    worker_id: z.string(),
    /** Why it is FAILED or DEGRADED, and what to do; empty otherwise. */
    trace: z.string(),
  }),
  tasks: z.array(
    z.object({
      id: z.number(),
      state: z.enum(taskStates),
      worker_id: z.string(),
      /** Why it is FAILED; empty otherwise. */
      msg: z.string(),
    }),
  ),
  type: z.enum(['source', 'sink']),
  // The rest is ours.
  /** `lcc-…` */
  id: z.string(),
  /** The key that it signs in with, without its secret; null where it has none. */
  apiKey: z.string().nullable(),
  createdMs: z.number(),
  /** Since when it has been in this state, as far as this run of the services knows. */
  stateSinceMs: z.number(),
  /** Records written since the connector was created. */
  messagesProcessed: z.number(),
  /** The newest of them in this run of the services. */
  lastRecord: z.object({ atMs: z.number(), partition: z.number(), offset: z.number() }).nullable(),
})
export type ConnectorStatus = z.infer<typeof connectorStatus>

export const expandedConnector = z.object({
  info: connectorInfo.optional(),
  status: connectorStatus.optional(),
  id: z.object({ id: z.string(), id_type: z.literal('ID') }).optional(),
  extensions: z.object({}),
})
export type ExpandedConnector = z.infer<typeof expandedConnector>

/** By name. */
export const expandedConnectors = z.record(z.string(), expandedConnector)
export type ExpandedConnectors = z.infer<typeof expandedConnectors>

export const connectorTask = z.object({ id: taskName, config: connectorConfig })
export type ConnectorTask = z.infer<typeof connectorTask>

export const connectorPluginView = z.object({
  class: z.string(),
  type: z.enum(['source', 'sink']),
  version: z.string(),
})
export type ConnectorPluginView = z.infer<typeof connectorPluginView>

export const connectorLogLine = z.object({
  atMs: z.number(),
  level: z.enum(['INFO', 'WARN', 'ERROR']),
  /** Null where it is about the connector as a whole. */
  taskId: z.number().nullable(),
  message: z.string(),
})
export type ConnectorLogLine = z.infer<typeof connectorLogLine>

export const sampleRecord = z.object({ key: z.string().nullable(), value: z.string() })
export type SampleRecord = z.infer<typeof sampleRecord>

/** A ready-made choice of records, in the order that the form shows them. */
export const connectorTemplate = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** The field that becomes the key; null where records have none. */
  keyField: z.string().nullable(),
  /** Names of the fields at the top. */
  fields: z.array(z.string()).readonly(),
})
export type ConnectorTemplate = Readonly<z.infer<typeof connectorTemplate>>

/** What is wrong with one key of a config, for beside its field. */
export const configError = z.object({ name: z.string(), message: z.string() })
export type ConfigError = Readonly<z.infer<typeof configError>>

export const connectFailure = z.object({
  error_code: z.number(),
  message: z.string(),
  errors: z.array(configError).optional(),
})
export type ConnectFailure = z.infer<typeof connectFailure>

export const connectorToCreate = z.object({ name: z.string(), config: connectorConfig })
export type ConnectorToCreate = z.infer<typeof connectorToCreate>
