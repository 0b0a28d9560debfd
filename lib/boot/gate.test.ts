import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pass } from './gate.ts'
import { allowedHosts } from './hosts.ts'

let server: Server
let seen: IncomingHttpHeaders | undefined

beforeAll(async () => {
  const gate = { hosts: allowedHosts([null]), dev: false }
  server = createServer((request, response) => {
    if (!pass(gate, request, response)) return
    seen = request.headers
    response.end('inside')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

/** Sends the bytes of a request; resolves with the bytes of the answer. */
function raw(...lines: string[]): Promise<string> {
  seen = undefined
  // A listening TCP server has an address that is no string (those are of pipes).
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write([...lines, 'Connection: close', '', ''].join('\r\n'))
    })
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('the gate', () => {
  it('answers 421 to a name that is not ours, and nobody inside sees it', async () => {
    const answer = await raw('GET / HTTP/1.1', 'Host: rebound.example:3000')
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
    expect(seen).toBeUndefined()
  })

  it('answers 421 where no name is given', async () => {
    expect(await raw('GET / HTTP/1.0')).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('refuses a URL in place of a path', async () => {
    const answer = await raw('GET http://evil.example/ HTTP/1.1', 'Host: localhost')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(seen).toBeUndefined()
  })

  it.each([
    ['http://evil.example', 403],
    ['http://localhost:3001', 403],
    ['https://localhost.evil.example', 403],
    ['null', 403],
    ['http://LOCALHOST:3000', 200],
    ['http://localhost:3000', 200],
  ])('answers a change that %s asks for with %s', async (origin, status) => {
    const answer = await raw('POST / HTTP/1.1', 'Host: localhost:3000', `Origin: ${origin}`)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(seen === undefined).toBe(status === 403)
  })

  it('lets another site link here', async () => {
    const answer = await raw('GET / HTTP/1.1', 'Host: localhost', 'Origin: http://evil.example')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('gives every page a nonce of its own, in the policy and to the console', async () => {
    const nonces = new Set<string>()
    for (let request = 0; request < 2; request++) {
      const answer = await raw('GET / HTTP/1.1', 'Host: localhost', 'X-Nonce: mine')
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(answer)?.[1] ?? ''
      expect(seen?.['x-nonce']).toBe(nonce)
      expect(seen?.['content-security-policy']).toContain(`'nonce-${nonce}'`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(2)
    expect(nonces).not.toContain('mine')
  })

  it('takes the address from the socket and believes no proxy', async () => {
    await raw(
      'GET / HTTP/1.1',
      'Host: localhost',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-For: 192.0.2.1',
      'Forwarded: host=evil.example',
      'X-Tributary-Address: 192.0.2.1',
    )
    expect(seen?.['x-tributary-address']).toBe('127.0.0.1')
    expect(Object.keys(seen ?? {}).filter((name) => name.includes('forwarded'))).toEqual([])
  })
})
