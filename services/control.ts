// The services' control interface: HTTP and JSON on a loopback port, with the bearer token of this
// start. `lib/control` is its only caller and holds its shapes.

import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import type { ServicesStatus } from '../lib/control/services.ts'

export interface ControlOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly token: string
  status(): ServicesStatus
}

export interface ServicesControlServer {
  readonly url: string
  stop(): void
}

export function controlApp({ token, status }: Omit<ControlOptions, 'port'>): Hono {
  const app = new Hono()
  app.use(bearerAuth({ token }))
  app.get('/v1/status', (context) => context.json(status()))
  app.notFound((context) =>
    context.json(
      { error: { code: 'NOT_FOUND', message: `There is no ${context.req.path}.` } },
      404,
    ),
  )
  return app
}

/** Resolves when it answers, or with why it cannot. */
export function serveControl(
  options: ControlOptions,
): Promise<{ ok: true; value: ServicesControlServer } | { ok: false; reason: string }> {
  const server = createAdaptorServer({ fetch: controlApp(options).fetch })
  return new Promise((resolve) => {
    server.once('error', (error) =>
      resolve({
        ok: false,
        reason: `The services' control port cannot be opened: ${error.message}.`,
      }),
    )
    server.listen({ port: options.port, host: '127.0.0.1' }, () => {
      // A listening TCP server has an address that is no string (those are of pipes).
      const { port } = server.address() as AddressInfo
      resolve({
        ok: true,
        value: { url: `http://127.0.0.1:${port}`, stop: () => void server.close() },
      })
    })
  })
}
