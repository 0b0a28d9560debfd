import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { serveControl } from '../../services/control.ts'
import { createBrokerControl } from './broker.ts'
import { callControl } from './call.ts'
import { createServicesControl } from './services.ts'

const token = 'token-of-this-start'
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function services(): Promise<string> {
  const served = await serveControl({
    port: 0,
    token,
    status: () => ({ startId: 'abc', startedMs: 1, pid: 2 }),
  })
  if (!served.ok) throw new Error(served.reason)
  stops.push(served.value.stop)
  return served.value.url
}

it('reads the status of the services', async () => {
  const control = createServicesControl({ url: await services(), token })
  expect(await control.status()).toEqual({
    ok: true,
    value: { startId: 'abc', startedMs: 1, pid: 2 },
  })
})

it('is refused without the token of this start', async () => {
  const control = createServicesControl({ url: await services(), token: 'of-an-earlier-start' })
  expect(await control.status()).toMatchObject({ ok: false, code: 'HTTP_401' })
})

it('says that a process cannot be reached, instead of throwing', async () => {
  const url = await services()
  for (const stop of stops.splice(0)) stop()
  const control = createServicesControl({ url, token })
  expect(await control.status()).toMatchObject({ ok: false, code: 'UNREACHABLE' })
})

it('asks again where a kept connection turns out to be closed, but not what may be done only once', async () => {
  const asked: string[] = []
  let calls = 0
  const server = createServer((request, response) => {
    asked.push(`${request.method}`)
    // Every second call is on the connection that the one before it left open.
    if (++calls % 2 === 0) return void request.socket.resetAndDestroy()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"startId":"abc","startedMs":1,"pid":2}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  // A listening TCP server has an address that is no string (those are of pipes).
  const { port } = server.address() as AddressInfo
  const address = { url: `http://127.0.0.1:${port}`, token }
  const call = (method: 'GET' | 'POST') => callControl(address, method, '/v1/status', z.unknown())
  expect(await call('GET')).toMatchObject({ ok: true })
  expect(await call('GET')).toMatchObject({ ok: true })
  expect(asked).toEqual(['GET', 'GET', 'GET'])
  expect(await call('POST')).toMatchObject({ ok: false, code: 'UNREACHABLE' })
  expect(asked).toHaveLength(4)
})

it('passes on the words of a refusal, and names with a slash stay one segment', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(409, { 'content-type': 'application/json' })
    response.end('{"error":{"code":"KEY_TAKEN","message":"It has another secret."}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  // A listening TCP server has an address that is no string (those are of pipes).
  const { port } = server.address() as AddressInfo
  const control = createBrokerControl({ url: `http://127.0.0.1:${port}`, token })
  const answer = await control.putKey('lkc-1', 'a/../b', { secret: 'a long secret' })
  expect(answer).toEqual({ ok: false, code: 'KEY_TAKEN', message: 'It has another secret.' })
  expect(asked).toEqual(['PUT /v1/tenants/lkc-1/keys/a%2F..%2Fb'])
})
