import { Hono } from 'hono'
import type { Tenant } from '../cluster/tenant.ts'
import type { CountersView } from '../rules/control.ts'
import { clientsOf, countByClient } from './clients.ts'
import type { ControlSubject } from './control.ts'

type TopicCounters = CountersView['tenants'][string]['topics']

/** Cumulative traffic since this start of the broker; whoever wants rates subtracts two answers. */
export function counterRoutes({ tenants, network, startId, nowMs }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/', (context) => {
    const takenMs = nowMs()
    const connections = countByClient(network.connections())
    const view: CountersView = {
      startId,
      takenMs,
      tenants: Object.fromEntries(
        tenants.list().map((tenant) => [
          tenant.id,
          {
            topics: topicCountersOf(tenant),
            connections: network.connectionCount(tenant.id),
            clients: [...clientsOf(tenant, connections.get(tenant.id), takenMs)],
          },
        ]),
      ),
    }
    return context.json(view)
  })
  return routes
}

function topicCountersOf(tenant: Tenant): TopicCounters {
  const topics = tenant.topics.list().map(({ id, name, counters, partitions }) => {
    const storedBytes = partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0)
    return [name, { id, partitions: partitions.length, ...counters, storedBytes }] as const
  })
  return Object.fromEntries(topics)
}
