import { clustersOf, type DeclaredCluster } from '../../broker/rules/preset.ts'
import { type BrokerControl, createBrokerControl } from '../control/broker.ts'
import { type ConnectControl, createConnectControl } from '../control/connect.ts'
import type { ControlAddress } from '../env.ts'
import type { PresetFile } from './preset.ts'
import { refused, type Started, started } from './started.ts'

/**
 * Brings connectors in line with the rest: those of a cluster that is gone are removed (the last run
 * may have ended while it was being deleted), and those that the preset declares are created where
 * their cluster has none of that name.
 */
export async function prepareConnectors(options: {
  readonly brokerControl: ControlAddress
  readonly servicesControl: ControlAddress
  readonly preset: PresetFile | null
}): Promise<Started<void>> {
  const connect = createConnectControl(options.servicesControl)
  const removed = await removeDeserted(connect, createBrokerControl(options.brokerControl))
  if (!removed.ok || options.preset === null) return removed
  const { path, preset } = options.preset
  for (const cluster of clustersOf(preset)) {
    const created = await createMissing(connect, cluster, path)
    if (!created.ok) return created
  }
  return started(undefined)
}

async function removeDeserted(
  connect: ConnectControl,
  broker: BrokerControl,
): Promise<Started<void>> {
  const [ids, tenants] = [await connect.clusterIds(), await broker.tenants()]
  if (!ids.ok) return refused(`The services do not say which connectors there are: ${ids.message}`)
  if (!tenants.ok) {
    return refused(`The broker does not say which clusters there are: ${tenants.message}`)
  }
  const present = new Set(tenants.value.map(({ id }) => id))
  for (const id of ids.value.filter((id) => !present.has(id))) {
    const removed = await connect.deleteCluster(id)
    if (!removed.ok) return refused(`The connectors of ${id} cannot be removed: ${removed.message}`)
  }
  return started(undefined)
}

async function createMissing(
  connect: ConnectControl,
  cluster: DeclaredCluster,
  path: string,
): Promise<Started<void>> {
  const place = { environmentId: cluster.environment, clusterId: cluster.id }
  for (const { name, config } of cluster.connectors) {
    const present = await connect.connector(place, name)
    if (present.ok) continue
    const created = await connect.create(place, { name, config: withKey(config, cluster) })
    if (!created.ok) {
      return refused(
        `The preset ${path} declares connector '${name}' in cluster '${cluster.name}', which cannot be created. ${created.message}`,
      )
    }
  }
  return started(undefined)
}

/** Without a key of its own a connector gets the cluster's first; a declared key brings its secret. */
function withKey(
  config: Readonly<Record<string, string>>,
  { apiKeys }: DeclaredCluster,
): Record<string, string> {
  const asked = config['kafka.api.key']
  const declared = asked === undefined ? apiKeys[0] : apiKeys.find(({ key }) => key === asked)
  if (declared === undefined) return { ...config }
  return { 'kafka.api.key': declared.key, 'kafka.api.secret': declared.secret, ...config }
}
