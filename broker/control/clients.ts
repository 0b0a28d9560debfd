import type { Tenant } from '../cluster/tenant.ts'
import {
  type ClientTraffic,
  clientKey,
  clientsMax,
  otherClients,
  recentMs,
} from '../metrics/client-counters.ts'
import { createTrafficCounters } from '../metrics/counters.ts'
import type { Connection } from '../network/connection.ts'
import type { ClientCountersView } from '../rules/control.ts'

/** How many open connections each client of each tenant has: by tenant id, then by client. */
export type ConnectionsByClient = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Internal principals are nobody's clients. */
export function countByClient(connections: readonly Connection[]): ConnectionsByClient {
  const byTenant = new Map<string, Map<string, number>>()
  for (const { signIn, clientId } of connections) {
    if (signIn.identity === null || signIn.identity.internal) continue
    const tenantId = signIn.identity.tenant.id
    const counts = byTenant.get(tenantId) ?? new Map<string, number>()
    byTenant.set(tenantId, counts)
    const key = clientKey(clientId)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return byTenant
}

/**
 * A tenant's clients: those that moved something, and those that are only connected. Beyond
 * `clientsMax` the rest are one entry.
 */
export function clientsOf(
  tenant: Tenant,
  connections: ReadonlyMap<string, number> = new Map(),
  nowMs: number,
): readonly ClientCountersView[] {
  const { byClientId } = tenant.clients
  const views = [...byClientId].map(([clientId, traffic]) =>
    viewOf(tenant, clientId, traffic, connections.get(clientId) ?? 0, nowMs),
  )
  const silent = [...connections].filter(([clientId]) => !byClientId.has(clientId))
  const named = views.filter(({ isOther }) => !isOther).length
  const placesLeft = Math.max(0, clientsMax - named)
  for (const [clientId, count] of silent.slice(0, placesLeft)) {
    views.push(viewOf(tenant, clientId, noTraffic, count, nowMs))
  }
  const unnamed = silent.slice(placesLeft).reduce((sum, [, count]) => sum + count, 0)
  if (unnamed === 0) return views
  const other =
    views.find(({ isOther }) => isOther) ?? viewOf(tenant, otherClients, noTraffic, 0, nowMs)
  return [
    ...views.filter((view) => view !== other),
    { ...other, connections: other.connections + unnamed },
  ]
}

const noTraffic: ClientTraffic = {
  counters: createTrafficCounters(),
  producedMs: new Map(),
  fetchedMs: new Map(),
}

function viewOf(
  tenant: Tenant,
  clientId: string,
  { counters, producedMs, fetchedMs }: ClientTraffic,
  connections: number,
  nowMs: number,
): ClientCountersView {
  const recent = (usedMs: ReadonlyMap<string, number>) =>
    [...usedMs].flatMap(([topicId, lastMs]) => {
      const topic = nowMs - lastMs < recentMs ? tenant.topics.byId(topicId) : undefined
      return topic === undefined ? [] : [topic.name]
    })
  return {
    clientId,
    isOther: clientId === otherClients,
    ...counters,
    connections,
    topicsIn: recent(producedMs),
    topicsOut: recent(fetchedMs),
  }
}
