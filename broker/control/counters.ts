import { Hono } from 'hono'
import type { Tenant } from '../cluster/tenant.ts'
import type { CountersView } from '../rules/control.ts'
import type { ControlSubject } from './control.ts'

type TenantCounters = CountersView['tenants'][string]

/** Cumulative traffic since this start of the broker; whoever wants rates subtracts two answers. */
export function counterRoutes({ tenants, network, startId, nowMs }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/', (context) => {
    const view: CountersView = {
      startId,
      takenMs: nowMs(),
      tenants: Object.fromEntries(
        tenants
          .list()
          .map((tenant) => [tenant.id, countersOf(tenant, network.connectionCount(tenant.id))]),
      ),
    }
    return context.json(view)
  })
  return routes
}

function countersOf(tenant: Tenant, connections: number): TenantCounters {
  const topics = tenant.topics.list().map((topic) => {
    const { bytesIn, bytesOut, recordsIn } = topic.counters
    const storedBytes = topic.partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0)
    const partitions = topic.partitions.length
    const { id } = topic
    return [topic.name, { id, partitions, bytesIn, bytesOut, recordsIn, storedBytes }] as const
  })
  return { topics: Object.fromEntries(topics), connections }
}
