import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inUrl } from './hosts.ts'
import { codeOf, type Started, started } from './started.ts'

export interface Listening {
  readonly port: number
  readonly servers: readonly Server[]
}

/**
 * Opens the console's port on `host`, or on both loopback addresses where that is null (browsers
 * take `localhost` for either). Only the first is needed: not every machine has IPv6.
 */
export async function listen(port: number, host: string | null): Promise<Started<Listening>> {
  if (host !== null) {
    const only = await open(port, host)
    return only.ok ? started({ port: portOf(only.value), servers: [only.value] }) : only
  }
  // A port that is free on one address can be taken on the other.
  for (let attempt = 1; ; attempt++) {
    const four = await open(port, '127.0.0.1')
    if (!four.ok) return four
    const taken = portOf(four.value)
    const six = await open(taken, '::1')
    if (six.ok) return started({ port: taken, servers: [four.value, six.value] })
    if (six.code !== 'EADDRINUSE') return started({ port: taken, servers: [four.value] })
    four.value.close()
    if (port !== 0 || attempt === 10) return six
  }
}

type Opened = { ok: true; value: Server } | { ok: false; reason: string; code: string }

function open(port: number, host: string): Promise<Opened> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = codeOf(error)
      resolve({ ok: false, code, reason: describe(code, port, host) })
    })
    server.listen({ port, host }, () => resolve({ ok: true, value: server }))
  })
}

function describe(code: string, port: number, host: string): string {
  const where = `${inUrl(host)}:${port}`
  if (code === 'EADDRINUSE') {
    return `Port ${port} is already in use (${where}): set PORT to another port, or to 0 for a free one.`
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be opened by this user (${where}): set PORT to one above 1023.`
  }
  if (code === 'EADDRNOTAVAIL') {
    return `HOST=${host} is no address of this machine: set HOST to one that is, or unset it.`
  }
  return `The console cannot listen on ${where} (${code}): set PORT or HOST to something else.`
}

function portOf(server: Server): number {
  // A listening TCP server has an address that is no string (those are of pipes).
  return (server.address() as AddressInfo).port
}
