// The services' control interface: HTTP and JSON on a loopback port, with the bearer token of this
// start. `broker/rules/services-control.ts` holds its shapes, `lib/control` is its only caller.

import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { HTTPException } from 'hono/http-exception'
import type { ServicesStatus } from '../broker/rules/services-control.ts'
import { isUnwritable } from '../prisma/adapter/errors.ts'

export interface ControlOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly token: string
  status(): ServicesStatus
  /** Each service's routes by the path that they begin with. */
  readonly routes?: Readonly<Record<string, Hono>>
}

export interface ServicesControlServer {
  readonly url: string
  stop(): void
}

export function controlApp({ token, status, routes = {} }: Omit<ControlOptions, 'port'>): Hono {
  const app = new Hono()
  app.use(bearerAuth({ token }))
  app.get('/v1/status', (context) => context.json(status()))
  for (const [path, service] of Object.entries(routes)) app.route(path, service)
  app.onError((error, context) => {
    // How Hono's own middleware refuses.
    if (error instanceof HTTPException) return error.getResponse()
    const asked = `${context.req.method} ${context.req.path}`
    if (isUnwritable(error)) {
      const message = 'Nothing was changed: the disk is full, or cannot be written.'
      console.error(`${asked} failed. ${message}`)
      return context.json({ error: { code: 'STORAGE', message } }, 503)
    }
    console.error(`${asked} failed:`, error)
    return context.json({ error: { code: 'INTERNAL', message: error.message } }, 500)
  })
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
