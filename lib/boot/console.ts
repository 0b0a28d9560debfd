// The console: Next on HTTP servers of our own, in development and in production alike. Kafka REST is
// answered beside it, whose streams go on in both directions for as long as a client likes.

import { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RestListener } from '../kafka-rest/listener.ts'
import { type Gate, pass } from './gate.ts'
import { isAllowedHost } from './hosts.ts'
import type { Listening } from './listen.ts'
import { endSlowBody } from './slow-body.ts'

export interface ConsoleServer {
  /** Ends every connection, open streams included; calling twice is safe. */
  stop(): Promise<void>
}

export interface ConsoleOptions {
  readonly listening: Listening
  readonly gate: Gate
  readonly rest: RestListener
  /** The folder of package.json. */
  readonly root: string
}

/** Resolves when Next answers. */
export async function serveConsole({
  listening,
  gate,
  rest,
  root,
}: ConsoleOptions): Promise<ConsoleServer> {
  const { servers, port } = listening
  // Next hooks its hot reload to the first server it meets. It gets this one, which listens
  // nowhere, so that both of ours can pass upgrades on after the host check.
  const upgrades = new Server()
  const { default: next } = await import('next')
  const app = next({
    dev: gate.dev,
    dir: root,
    hostname: 'localhost',
    port,
    httpServer: upgrades,
    quiet: true,
  })
  await app.prepare()
  const answer = app.getRequestHandler()
  for (const server of servers) {
    // Node would end every request whose body takes longer; below, all but streams of records are.
    server.requestTimeout = 0
    server.on('request', (request, response) => {
      if (!rest.streams(request)) endSlowBody(request)
      if (!pass(gate, request, response)) return
      if (rest.serves(request)) {
        rest.answer(request, response)
        return
      }
      answer(request, response).catch((error: unknown) => {
        console.error(`${request.method} ${request.url?.split('?')[0]} failed:`, error)
        response.destroy()
      })
    })
    if (gate.dev)
      server.on('upgrade', (request, socket: Duplex, head) => {
        if (isAllowedHost(request.headers.host, gate.hosts))
          upgrades.emit('upgrade', request, socket, head)
        else socket.destroy()
      })
  }
  return {
    async stop() {
      for (const server of servers) server.close()
      rest.close()
      // Streams of open pages never end by themselves.
      for (const server of servers) server.closeAllConnections()
      await app.close()
    },
  }
}
