import { z } from 'zod'
import {
  type ConfigValidation,
  type ConnectorConfig,
  type ConnectorInfo,
  type ConnectorLogLine,
  type ConnectorStatus,
  type ConnectorTemplate,
  type ConnectorToCreate,
  configValidation,
  connectorConfig,
  connectorInfo,
  connectorLogLine,
  connectorStatus,
  connectorTemplate,
  type ExpandedConnectors,
  expandedConnectors,
  type SampleRecord,
  sampleRecord,
} from '../../broker/rules/connect.ts'
import type { ControlAddress } from '../env.ts'
import { type ControlAnswer, callControl } from './call.ts'

/** Where a connector lives. The caller has checked that both are the person's. */
export interface ConnectPlace {
  readonly environmentId: string
  readonly clusterId: string
}

/**
 * Connectors (`broker/rules/connect.ts` says what each call does). Refusals have the codes `INVALID`
 * (400), `LIMIT` (403), `NOT_FOUND` (404), `CONFLICT` (409: the name is taken), `UNAVAILABLE` (503)
 * and a sentence for the person; a refused config names its keys in `errors`.
 */
export interface ConnectControl {
  /** Info, status and `lcc-` id of each, by name. */
  connectors(place: ConnectPlace): Promise<ControlAnswer<ExpandedConnectors>>
  create(place: ConnectPlace, connector: ConnectorToCreate): Promise<ControlAnswer<ConnectorInfo>>
  connector(place: ConnectPlace, name: string): Promise<ControlAnswer<ConnectorInfo>>
  status(place: ConnectPlace, name: string): Promise<ControlAnswer<ConnectorStatus>>
  /** Keys that are left out go back to their defaults; a secret of 16 stars stays as it is. */
  putConfig(
    place: ConnectPlace,
    name: string,
    config: ConnectorConfig,
  ): Promise<ControlAnswer<ConnectorInfo>>
  pause(place: ConnectPlace, name: string): Promise<ControlAnswer<void>>
  resume(place: ConnectPlace, name: string): Promise<ControlAnswer<void>>
  restart(place: ConnectPlace, name: string): Promise<ControlAnswer<void>>
  restartTask(place: ConnectPlace, name: string, task: number): Promise<ControlAnswer<void>>
  delete(place: ConnectPlace, name: string): Promise<ControlAnswer<void>>
  /** Oldest first; kept in memory since the services' start, the newest thousand. */
  logs(place: ConnectPlace, name: string): Promise<ControlAnswer<readonly ConnectorLogLine[]>>
  /** Checks everything, the API key and the topic too; sentences stand in `value.errors`. */
  validate(
    place: ConnectPlace,
    pluginClass: string,
    config: ConnectorConfig,
  ): Promise<ControlAnswer<ConfigValidation>>
  /** Ready-made choices for the plugin's `quickstart`, in the order of the form. */
  templates(
    place: ConnectPlace,
    pluginClass: string,
  ): Promise<ControlAnswer<readonly ConnectorTemplate[]>>
  /** Three records; needs only the settings that records are made by. */
  preview(
    place: ConnectPlace,
    pluginClass: string,
    config: ConnectorConfig,
  ): Promise<ControlAnswer<readonly SampleRecord[]>>
  /** Clusters that have connectors. */
  clusterIds(): Promise<ControlAnswer<readonly string[]>>
  /** Deletes every connector of a cluster, so that the cluster can be deleted; may be done twice. */
  deleteCluster(clusterId: string): Promise<ControlAnswer<void>>
}

const nothing = z.unknown().transform(() => undefined)
const logLines = z.object({ lines: z.array(connectorLogLine) }).transform(({ lines }) => lines)
const records = z.object({ records: z.array(sampleRecord) }).transform(({ records }) => records)
const templates = z
  .object({ templates: z.array(connectorTemplate) })
  .transform(({ templates }) => templates)
const ids = z.object({ ids: z.array(z.string()) }).transform(({ ids }) => ids)

export function createConnectControl(address: ControlAddress): ConnectControl {
  return {
    connectors: (place) =>
      callControl(
        address,
        'GET',
        `${baseOf(place)}/connectors?expand=info,status,id`,
        expandedConnectors,
      ),
    create: (place, connector) =>
      callControl(address, 'POST', `${baseOf(place)}/connectors`, connectorInfo, connector),
    connector: (place, name) =>
      callControl(address, 'GET', connectorPath(place, name), connectorInfo),
    status: (place, name) =>
      callControl(address, 'GET', `${connectorPath(place, name)}/status`, connectorStatus),
    putConfig: (place, name, config) =>
      callControl(
        address,
        'PUT',
        `${connectorPath(place, name)}/config`,
        connectorInfo,
        connectorConfig.parse(config),
      ),
    pause: (place, name) =>
      callControl(address, 'PUT', `${connectorPath(place, name)}/pause`, nothing),
    resume: (place, name) =>
      callControl(address, 'PUT', `${connectorPath(place, name)}/resume`, nothing),
    restart: (place, name) =>
      callControl(address, 'POST', `${connectorPath(place, name)}/restart`, nothing),
    restartTask: (place, name, task) =>
      callControl(address, 'POST', `${connectorPath(place, name)}/tasks/${task}/restart`, nothing),
    delete: (place, name) => callControl(address, 'DELETE', connectorPath(place, name), nothing),
    logs: (place, name) =>
      callControl(address, 'GET', `${connectorPath(place, name)}/logs`, logLines),
    validate: (place, pluginClass, config) =>
      callControl(
        address,
        'PUT',
        `${pluginPath(place, pluginClass)}/config/validate`,
        configValidation,
        config,
      ),
    templates: (place, pluginClass) =>
      callControl(address, 'GET', `${pluginPath(place, pluginClass)}/templates`, templates),
    preview: (place, pluginClass, config) =>
      callControl(address, 'POST', `${pluginPath(place, pluginClass)}/preview`, records, config),
    clusterIds: () => callControl(address, 'GET', '/connect/v1/clusters', ids),
    deleteCluster: (clusterId) =>
      callControl(
        address,
        'DELETE',
        `/connect/v1/clusters/${encodeURIComponent(clusterId)}`,
        nothing,
      ),
  }
}

function baseOf({ environmentId, clusterId }: ConnectPlace): string {
  const environment = encodeURIComponent(environmentId)
  return `/connect/v1/environments/${environment}/clusters/${encodeURIComponent(clusterId)}`
}

function connectorPath(place: ConnectPlace, name: string): string {
  return `${baseOf(place)}/connectors/${encodeURIComponent(name)}`
}

function pluginPath(place: ConnectPlace, pluginClass: string): string {
  return `${baseOf(place)}/connector-plugins/${encodeURIComponent(pluginClass)}`
}
