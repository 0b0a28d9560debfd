import { isRefusal } from '../errors.ts'
import type { DeclaredCluster } from '../rules/preset.ts'
import type { Tenant } from './tenant.ts'
import { isControlRefusal, type Tenants } from './tenants.ts'
import type { TopicRequest } from './topic-request.ts'

/** What was created; what existed before is not listed. */
export interface AppliedPreset {
  readonly tenants: readonly string[]
  readonly apiKeys: readonly string[]
  readonly topics: readonly string[]
}

/** A preset that contradicts what exists. The message names the thing. */
export class PresetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PresetError'
  }
}

/**
 * Creates the tenants, API keys, open listeners and topics of a preset that are absent, and changes and deletes
 * nothing. Every start runs it, so that what a user deleted is there again.
 *
 * Throws a PresetError for a key that exists with another secret or in another cluster, and for what
 * the limits do not allow. Keys are checked before anything is created. A port that another cluster
 * has taken keeps nothing else from starting: `log` is told.
 */
export async function applyPreset(
  tenants: Tenants,
  clusters: readonly DeclaredCluster[],
  log: (line: string) => void,
): Promise<AppliedPreset> {
  checkKeys(tenants, clusters)
  const applied = { tenants: [] as string[], apiKeys: [] as string[], topics: [] as string[] }
  for (const cluster of clusters) {
    const present = tenants.get(cluster.id)
    if (present === undefined) applied.tenants.push(cluster.id)
    const tenant = present ?? (await createTenant(tenants, cluster))
    applied.apiKeys.push(...(await createKeys(tenants, tenant, cluster)))
    await createOpenListener(tenants, tenant, cluster, log)
    applied.topics.push(...(await createTopics(tenant, cluster)))
  }
  return applied
}

function checkKeys(tenants: Tenants, clusters: readonly DeclaredCluster[]): void {
  for (const cluster of clusters) {
    for (const { key, secret } of cluster.apiKeys) {
      const conflict = tenants.apiKeyConflict(cluster.id, key, secret)
      if (conflict !== null) throw new PresetError(`${placeOf(cluster)}: ${conflict.message}`)
    }
  }
}

async function createTenant(tenants: Tenants, cluster: DeclaredCluster): Promise<Tenant> {
  const { type, limits } = cluster
  const tenant = await tenants.putTenant(cluster.id, { type, limits })
  if (isControlRefusal(tenant)) throw new PresetError(`${placeOf(cluster)}: ${tenant.message}`)
  return tenant
}

async function createKeys(
  tenants: Tenants,
  tenant: Tenant,
  cluster: DeclaredCluster,
): Promise<readonly string[]> {
  const present = new Set(tenants.apiKeysOf(tenant.id).map(({ key }) => key))
  const absent = cluster.apiKeys.filter(({ key }) => !present.has(key))
  for (const { key, secret } of absent) {
    const record = await tenants.putApiKey(tenant.id, key, secret)
    if (isControlRefusal(record)) throw new PresetError(`${placeOf(cluster)}: ${record.message}`)
  }
  return absent.map(({ key }) => key)
}

/** One that somebody set, and may have turned off for good reason, is never changed. */
async function createOpenListener(
  tenants: Tenants,
  tenant: Tenant,
  cluster: DeclaredCluster,
  log: (line: string) => void,
): Promise<void> {
  const { openListener } = cluster
  if (openListener === undefined || tenant.openListener !== null) return
  const result = await tenants.putOpenListener(tenant.id, { isOn: true, ...openListener })
  if (!isControlRefusal(result)) return
  const problem = `${placeOf(cluster)}: ${result.message}`
  if (result.refused !== 'conflict') throw new PresetError(problem)
  // Whoever may set up another cluster could else keep the whole installation from starting.
  log(`${problem} It is not open without a key.`)
}

async function createTopics(tenant: Tenant, cluster: DeclaredCluster): Promise<readonly string[]> {
  const absent = cluster.topics.filter(({ name }) => tenant.topics.byName(name) === undefined)
  if (absent.length === 0) return []
  const results = await tenant.topics.create(
    absent.map(
      ({ name, partitions, config }): TopicRequest => ({
        name,
        partitionCount: partitions,
        replicationFactor: -1,
        assignments: [],
        config,
      }),
    ),
  )
  for (const [i, result] of results.entries()) {
    if (!isRefusal(result)) continue
    throw new PresetError(
      `${placeOf(cluster)}: topic '${absent[i]?.name}': ${result.message ?? result.error}`,
    )
  }
  return absent.map(({ name }) => name)
}

function placeOf(cluster: DeclaredCluster): string {
  return `Cluster '${cluster.name}' of environment '${cluster.environment}'`
}
