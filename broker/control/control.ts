import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Tenants } from '../cluster/tenants.ts'
import type { PartitionLogs } from '../log/partition-logs.ts'
import type { Log } from '../network/log-lines.ts'
import type { Network } from '../network/network.ts'
import type { OpenListeners } from '../network/open-listeners.ts'
import { attemptRoutes } from './attempts.ts'
import { connectionRoutes } from './connections.ts'
import { counterRoutes } from './counters.ts'
import { answerError, controlError } from './errors.ts'
import type { EventLoopDelay } from './event-loop-delay.ts'
import { requireLocalHost, requireToken } from './guards.ts'
import { keyRoutes } from './keys.ts'
import { openListenerRoutes } from './open-listener.ts'
import { statusRoutes } from './status.ts'
import { tenantRoutes } from './tenants.ts'

/** What the control interface tells of and changes. */
export interface ControlSubject {
  readonly tenants: Tenants
  readonly network: Network
  readonly openListeners: OpenListeners
  readonly logs: Pick<PartitionLogs, 'pendingBytes' | 'cachedBytes'>
  /** Made anew at every start of the broker. */
  readonly startId: string
  readonly startedMs: number
  readonly nowMs: () => number
  readonly eventLoopDelay: EventLoopDelay
  readonly log: Log
}

export interface ControlServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string
  close(): void
}

export type OpenControlResult =
  | { readonly ok: true; readonly control: ControlServer }
  | { readonly ok: false; readonly code: string }

/** Serves the shapes of `rules/control.ts` on a loopback port; 0 takes a free one. */
export async function openControl(
  subject: ControlSubject,
  { token, port }: { readonly token: string; readonly port: number },
): Promise<OpenControlResult> {
  const server = createServer(getRequestListener(createControlApp(subject, token).fetch))
  const failure = await new Promise<string | null>((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'))
    server.listen({ host: '127.0.0.1', port }, () => resolve(null))
  })
  if (failure !== null) {
    return { ok: false, code: failure }
  }
  const address = server.address()
  const opened = typeof address === 'object' && address !== null ? address.port : port
  return {
    ok: true,
    control: {
      url: `http://127.0.0.1:${opened}`,
      close() {
        server.close()
        server.closeAllConnections()
      },
    },
  }
}

/** The routes without a socket. */
export function createControlApp(subject: ControlSubject, token: string): Hono {
  const app = new Hono()
  app.use(requireLocalHost)
  app.use(requireToken(token))
  app.route('/v1/status', statusRoutes(subject))
  app.route('/v1/tenants', tenantRoutes(subject))
  app.route('/v1/tenants', keyRoutes(subject))
  app.route('/v1/tenants', openListenerRoutes(subject))
  app.route('/v1/tenants', attemptRoutes(subject))
  app.route('/v1/counters', counterRoutes(subject))
  app.route('/v1/connections', connectionRoutes(subject))
  app.notFound((context) => controlError(context, 'NOT_FOUND', 'There is no such path.'))
  app.onError((error, context) => {
    const { method, path } = context.req
    subject.log(`${method} ${path} of the control interface failed: ${error.message}`)
    return answerError(error, context)
  })
  return app
}
