import 'server-only'
import {
  type ConnectorLogLine,
  type ConnectorStatus,
  type ExpandedConnector,
  serverConfigKeys,
  type TaskState,
} from '../../broker/rules/connect.ts'
import type { ActionError } from '../actions/result.ts'
import { connectControl } from '../connect-control.ts'
import type { ControlAnswer } from '../control/call.ts'
import { failed } from '../errors.ts'
import type { ConnectorConfig } from '../format/connector-config.ts'
import type { ConnectorState } from '../format/connector-states.ts'
import { type ConnectorRates, readConnectorRates } from './connector-metrics.ts'
import type { FromServices } from './live.ts'
import type { OwnCluster } from './ownership.ts'

/** A connector as the list shows it. */
export interface ConnectorRow {
  /** `lcc-…` */
  readonly id: string
  readonly name: string
  readonly pluginClass: string
  readonly type: 'source' | 'sink'
  /** Empty where its configuration names none. */
  readonly topic: string
  readonly state: ConnectorState
  /** Why it is FAILED or DEGRADED; empty otherwise. */
  readonly reason: string
  readonly tasks: readonly ConnectorTaskRow[]
  readonly messagesProcessed: number
  /** Null while nothing was measured. */
  readonly rates: ConnectorRates | null
}

export interface ConnectorTaskRow {
  readonly id: number
  readonly state: TaskState
  readonly reason: string
}

/** A connector as its own pages show it. */
export interface ConnectorView extends ConnectorRow {
  /** As stored, secrets as stars. */
  readonly config: ConnectorConfig
  /** Null where it has none. */
  readonly apiKey: string | null
  readonly createdMs: number
  readonly stateSinceMs: number
  readonly lastRecord: ConnectorStatus['lastRecord']
}

export type LogLine = ConnectorLogLine

/** Where Connect keeps the connectors of a cluster that is the caller's. */
export function connectPlace({ envId, id }: OwnCluster) {
  return { environmentId: envId, clusterId: id }
}

/** All of a cluster, by name. */
export async function listConnectors(
  cluster: OwnCluster,
): Promise<FromServices<readonly ConnectorRow[]>> {
  const answer = await connectControl().connectors(connectPlace(cluster))
  if (!answer.ok) return connectRefusal(answer)
  const views = Object.entries(answer.value)
    .flatMap(([name, expanded]) => viewOf(name, expanded) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const rates = await readConnectorRates(cluster)
  return { ok: views.map((view) => ({ ...rowOf(view), rates: rates.get(view.id) ?? null })) }
}

/** How many a cluster has, for where only that is shown; null while it is not known. */
export async function connectorNames(cluster: OwnCluster): Promise<ReadonlySet<string> | null> {
  const answer = await connectControl().connectors(connectPlace(cluster))
  return answer.ok ? new Set(Object.keys(answer.value)) : null
}

/** `ok` is null where the cluster has no such connector. */
export async function readConnector(
  cluster: OwnCluster,
  name: string,
): Promise<FromServices<ConnectorView | null>> {
  const place = connectPlace(cluster)
  const [info, status] = await Promise.all([
    connectControl().connector(place, name),
    connectControl().status(place, name),
  ])
  const refusal = info.ok ? status : info
  if (!refusal.ok) return refusal.code === 'NOT_FOUND' ? { ok: null } : connectRefusal(refusal)
  if (!info.ok || !status.ok) throw new Error('One of two answers is a refusal and neither is')
  const view = viewOf(name, { info: info.value, status: status.value })
  if (view === null) return { ok: null }
  const rates = await readConnectorRates(cluster)
  return { ok: { ...view, rates: rates.get(view.id) ?? null } }
}

/** Oldest first. */
export async function readConnectorLogs(
  cluster: OwnCluster,
  name: string,
): Promise<FromServices<readonly LogLine[]>> {
  const answer = await connectControl().logs(connectPlace(cluster), name)
  return answer.ok ? { ok: answer.value } : connectRefusal(answer)
}

/** What the services refused, as a page or form shows it; keys of a config are its fields. */
export function connectRefusal(answer: Extract<ControlAnswer<unknown>, { ok: false }>): {
  error: ActionError
} {
  if (answer.code === 'UNREACHABLE') return failed('CONNECT_UNREACHABLE')
  const { code, message, errors = [] } = answer
  if (errors.length === 0) return { error: { code, message } }
  const fields: Record<string, string> = {}
  for (const { name, message: sentence } of errors) fields[name] ??= sentence
  return { error: { code, message, fields } }
}

/** Null for what is being made or deleted in this moment. */
function viewOf(
  name: string,
  { info, status }: Pick<ExpandedConnector, 'info' | 'status'>,
): Omit<ConnectorView, 'rates'> | null {
  if (info === undefined || status === undefined) return null
  const { state, trace } = status.connector
  return {
    id: status.id,
    name,
    pluginClass: info.config['connector.class'] ?? '',
    type: info.type,
    topic: info.config['kafka.topic'] ?? '',
    state: state === 'NONE' ? 'PROVISIONING' : state,
    reason: trace,
    tasks: status.tasks.map((task) => ({ id: task.id, state: task.state, reason: task.msg })),
    messagesProcessed: status.messagesProcessed,
    config: configAsSet(info.config, status.apiKey),
    apiKey: status.apiKey,
    createdMs: status.createdMs,
    stateSinceMs: status.stateSinceMs,
    lastRecord: status.lastRecord,
  }
}

/** Without the keys that the server adds; the API key, which is no secret, in place of its stars. */
function configAsSet(config: ConnectorConfig, apiKey: string | null): ConnectorConfig {
  const set = Object.entries(config).filter(([key]) => !serverConfigKeys.includes(key))
  return { ...Object.fromEntries(set), ...(apiKey === null ? {} : { 'kafka.api.key': apiKey }) }
}

/** What the list sends to the browser: a hundred configurations are not needed there. */
function rowOf(view: Omit<ConnectorView, 'rates'>): Omit<ConnectorRow, 'rates'> {
  const { id, name, pluginClass, type, topic, state, reason, tasks, messagesProcessed } = view
  return { id, name, pluginClass, type, topic, state, reason, tasks, messagesProcessed }
}
