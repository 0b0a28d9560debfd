import { Hono } from 'hono'
import type { Connection } from '../network/connection.ts'
import type { ConnectionView } from '../rules/control.ts'
import type { ControlSubject } from './control.ts'

/** Open connections of clients. Those of internal principals are in no list. */
export function connectionRoutes({ network }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/', (context) =>
    context.json({
      connections: network.connections().flatMap((connection) => viewOf(connection)),
    }),
  )
  return routes
}

function viewOf(connection: Connection): ConnectionView[] {
  const { identity } = connection.signIn
  if (identity === null || identity.internal) {
    return []
  }
  const { id, clientId, software, address, openedMs } = connection
  const protocol = identity.anonymous ? 'PLAINTEXT' : connection.protocol
  const { principal, tenant } = identity
  return [{ id, tenantId: tenant.id, principal, clientId, software, address, protocol, openedMs }]
}
