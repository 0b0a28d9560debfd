import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { bodyMsMax, endSlowBody } from './slow-body.ts'

afterEach(() => vi.useRealTimers())

test('a body that does not arrive ends its connection, and one that does stays', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const server = createServer((asked, response) => {
    endSlowBody(asked)
    asked.resume()
    asked.once('end', () => {
      vi.advanceTimersByTime(bodyMsMax)
      response.end('whole')
    })
    if (asked.url === '/slow') vi.advanceTimersByTime(bodyMsMax)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an address that is no string (those are of pipes).
  const { port } = server.address() as AddressInfo
  const outcome = (method: string, path: string, isWhole: boolean) =>
    new Promise<string>((resolve) => {
      const headers = { 'content-length': 2 }
      const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
      asked.once('response', () => resolve('answered'))
      asked.once('error', () => resolve('ended'))
      asked.write('{')
      if (isWhole) asked.end('}')
    })
  for (const method of ['POST', 'GET']) {
    expect(await outcome(method, '/whole', true), method).toBe('answered')
    expect(await outcome(method, '/slow', false), method).toBe('ended')
  }
  server.closeAllConnections()
  server.close()
})
