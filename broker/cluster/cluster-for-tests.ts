import { createFakeClock } from '../clock.ts'
import { isRefusal } from '../errors.ts'
import { openPartitionLogs } from '../log/partition-logs.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { Storage } from '../storage/storage.ts'
import type { Tenant } from './tenant.ts'
import { isControlRefusal, Tenants, type TenantsOptions } from './tenants.ts'
import type { TopicRequest } from './topic-request.ts'
import type { CreatedTopic, Topics } from './topics.ts'

/** Tenants over storage that has just been opened; real but for its clock, which stands still. */
export async function openTenants(
  storage: Storage = openMemoryStorage(),
  options: Partial<Pick<TenantsOptions, 'nodeIds' | 'internalKey'>> = {},
) {
  const clock = createFakeClock()
  const logs = await openPartitionLogs({ storage, clock })
  const tenants = new Tenants(await storage.catalogue.load(), {
    catalogue: storage.catalogue,
    logs,
    clock,
    nodeIds: [1, 2, 3],
    ...options,
  })
  return { tenants, storage, logs, clock }
}

export async function putTenant(
  tenants: Tenants,
  id = 'lkc-aaaaa1',
  limits: Readonly<Record<string, number>> = {},
): Promise<Tenant> {
  const tenant = await tenants.putTenant(id, { limits })
  if (isControlRefusal(tenant)) throw new Error(tenant.message)
  return tenant
}

export function topicRequest(name: string, rest: Partial<TopicRequest> = {}): TopicRequest {
  return { name, partitionCount: 1, replicationFactor: -1, assignments: [], config: {}, ...rest }
}

/** Creates topics that must be creatable. */
export async function createTopics(
  topics: Topics,
  ...requests: readonly (string | TopicRequest)[]
): Promise<readonly CreatedTopic[]> {
  const results = await topics.create(
    requests.map((request) => (typeof request === 'string' ? topicRequest(request) : request)),
  )
  return results.map((result) => {
    if (isRefusal(result)) throw new Error(`${result.error}: ${result.message}`)
    return result
  })
}
