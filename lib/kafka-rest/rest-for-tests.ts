import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { pass } from '../boot/gate.ts'
import { allowedHosts } from '../boot/hosts.ts'
import { type SharedLimits, sharedLimits } from './limits.ts'
import { createRestListener } from './listener.ts'

/** The endpoint on an HTTP server of its own behind boot's gate, and a broker with two clusters. */
export interface RestUnderTest {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

export const maya = { key: 'MAYAKEY234ABCDEF', secret: 'maya-secret-that-is-long' }
export const stranger = { key: 'STRANGERKEY23456', secret: 'stranger-secret-is-long' }
export const clusterId = presetClusterId('default', 'dev')
export const strangersId = presetClusterId('default', 'elsewhere')

/** What to start the broker with. */
export const ownCluster = { name: 'dev', apiKeys: [maya] }
export const strangersCluster = {
  name: 'elsewhere',
  apiKeys: [stranger],
  topics: [{ name: 'foreign', partitions: 1 }],
}

export async function startRest(
  broker: { readonly ports: readonly number[]; close(): Promise<void> },
  tls: { readonly authority?: string } = {},
  limits: SharedLimits = sharedLimits,
): Promise<RestUnderTest> {
  const bootstrap = broker.ports.map((port) => ({ host: '127.0.0.1', port }))
  const rest = createRestListener({ bootstrap, isOwnBroker: true, ...tls }, limits)
  const gate = { hosts: allowedHosts([]), dev: false }
  const server = createServer((request, response) => {
    if (pass(gate, request, response)) rest.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an address that is no string (those are of pipes).
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.close()
      server.closeAllConnections()
      rest.close()
      await broker.close()
    },
  }
}

export function basic({ key, secret }: { readonly key: string; readonly secret: string }): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
}

/** A row of a table: what is asked and what has to be answered. */
export interface AskedRow {
  readonly method?: string
  /** Below the key's own cluster; from the root where it begins with `/kafka`. */
  readonly path: string
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
  /** The key that asks; none where null. */
  readonly by?: { readonly key: string; readonly secret: string } | null
}

export interface RestAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed, with `http://rest` for the address of the endpoint; the text where it is no JSON. */
  readonly body: unknown
}

export async function ask(rest: RestUnderTest, row: AskedRow): Promise<RestAnswer> {
  const { method = 'GET', path, body, headers = {}, by = maya } = row
  const url = path.startsWith('/kafka') ? path : `/kafka/v3/clusters/${clusterId}${path}`
  const answer = await fetch(rest.url + url, {
    method,
    headers: {
      ...(by === null ? {} : { authorization: basic(by) }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = (await answer.text()).replaceAll(rest.url, 'http://rest')
  return { status: answer.status, headers: answer.headers, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
