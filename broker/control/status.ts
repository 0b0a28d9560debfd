import { Hono } from 'hono'
import type { StatusView } from '../rules/control.ts'
import type { ControlSubject } from './control.ts'

export function statusRoutes(subject: ControlSubject): Hono {
  const { tenants, network, startId, startedMs, eventLoopDelay, logs } = subject
  const routes = new Hono()
  routes.get('/', (context) => {
    const all = tenants.list()
    const view: StatusView = {
      startId,
      startedMs,
      ports: [...network.ports],
      tenants: all.length,
      partitions: all.reduce((sum, tenant) => sum + tenant.topics.partitionCount, 0),
      connections: all.reduce((sum, tenant) => sum + network.connectionCount(tenant.id), 0),
      eventLoopDelay: eventLoopDelay.read(),
      memory: {
        ...network.memory,
        pendingAppendBytes: logs.pendingBytes,
        cachedChunkBytes: logs.cachedBytes,
      },
    }
    return context.json(view)
  })
  // A benchmark measures from the moment it begins.
  routes.delete('/event-loop-delay', (context) => {
    eventLoopDelay.reset()
    return context.body(null, 204)
  })
  return routes
}
