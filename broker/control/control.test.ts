import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '../protocol/client.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import {
  connectionView,
  countersView,
  keyView,
  openListenerView,
  statusView,
  tenantView,
} from '../rules/control.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { dialPort, startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const token = 'token-of-this-start'
let broker: TestBroker

beforeEach(async () => {
  broker = await startTestBroker({
    control: { token },
    internalKey: Buffer.alloc(32, 7),
    first: { topics: [{ name: 'rides', partitions: 2 }] },
  })
})
afterEach(() => broker.close())

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${broker.controlUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

describe('the control interface', () => {
  it('is closed to who has no token, or another', async () => {
    for (const authorization of ['', 'Bearer token-of-this-star']) {
      const headers = { authorization }
      const response = await fetch(`${broker.controlUrl}/v1/tenants`, { headers })
      expect(response.status).toBe(401)
    }
  })

  it('answers on localhost only, whatever name resolves to it', async () => {
    const { request } = await import('node:http')
    const url = new URL(`${broker.controlUrl}/v1/status`)
    const status = await new Promise((resolve) => {
      const headers = { host: 'rebound.example', authorization: `Bearer ${token}` }
      request(url, { headers }, (response) => resolve(response.statusCode)).end()
    })
    expect(status).toBe(421)
  })

  it('puts, lists and deletes tenants, and repeats change nothing', async () => {
    const first = await call('PUT', '/v1/tenants/lkc-abc123', { type: 'STANDARD' })
    expect(first.status).toBe(200)
    expect(tenantView.parse(first.body)).toMatchObject({ id: 'lkc-abc123', type: 'STANDARD' })
    expect(await call('PUT', '/v1/tenants/lkc-abc123', { type: 'STANDARD' })).toEqual(first)
    const list = await call('GET', '/v1/tenants')
    expect(list.body.tenants).toContainEqual(first.body)
    expect(await call('DELETE', '/v1/tenants/lkc-abc123')).toEqual({ status: 204, body: null })
    expect((await call('DELETE', '/v1/tenants/lkc-abc123')).status).toBe(204)
    expect((await call('GET', '/v1/tenants')).body.tenants).not.toContainEqual(first.body)
  })

  it('refuses what is no tenant in a sentence', async () => {
    expect(await call('PUT', '/v1/tenants/nonsense', {})).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID', message: expect.any(String) } },
    })
    const wrongType = await call('PUT', '/v1/tenants/lkc-abc123', { type: 'HUGE' })
    expect(wrongType).toMatchObject({ status: 400, body: { error: { code: 'INVALID' } } })
  })

  it('creates keys once, refuses another secret and another tenant, and lists no secret', async () => {
    const path = `/v1/tenants/${broker.first.id}/keys/CONTROLKEY234567`
    const made = await call('PUT', path, { secret: 'a-long-secret' })
    expect(keyView.parse(made.body)).toMatchObject({ key: 'CONTROLKEY234567' })
    expect(await call('PUT', path, { secret: 'a-long-secret' })).toEqual(made)
    expect((await call('PUT', path, { secret: 'another-secret' })).status).toBe(409)
    const elsewhere = `/v1/tenants/${broker.second.id}/keys/CONTROLKEY234567`
    expect((await call('PUT', elsewhere, { secret: 'a-long-secret' })).status).toBe(409)
    const list = await call('GET', `/v1/tenants/${broker.first.id}/keys`)
    expect(list.body.keys).toContainEqual(made.body)
    expect(JSON.stringify(list.body)).not.toMatch(/secret/i)
    expect((await call('GET', '/v1/tenants/lkc-absent/keys')).status).toBe(404)
  })

  it('ends the connections of a key that it deletes', async () => {
    const client = await broker.connect()
    const { id, key } = broker.first
    expect((await call('DELETE', `/v1/tenants/${id}/keys/${key}`)).status).toBe(204)
    await client.closed
  })

  it('counts connections and topics, but no connection of our own processes', async () => {
    const { internalPassword } = await import('../cluster/credentials.ts')
    const key = `console.${broker.first.id}`
    const secret = internalPassword(Buffer.alloc(32, 7), key)
    const inside = await broker.connect({ cluster: { id: broker.first.id, key, secret } })
    expect((await inside.send(Metadata, 2, { topics: null })).clusterId).toBe(broker.first.id)
    await broker.connect()
    const list = await call('GET', '/v1/connections')
    expect(list.body.connections.map((one: unknown) => connectionView.parse(one))).toMatchObject([
      {
        tenantId: broker.first.id,
        protocol: 'SASL_PLAINTEXT',
        principal: `User:${broker.first.key}`,
        clientId: 'test',
      },
    ])
    const counters = countersView.parse((await call('GET', '/v1/counters')).body)
    expect(counters.startId).toBe(broker.startId)
    expect(counters.tenants[broker.first.id]).toEqual({
      connections: 1,
      topics: {
        rides: {
          id: expect.any(String),
          partitions: 2,
          bytesIn: 0,
          bytesOut: 0,
          recordsIn: 0,
          recordsOut: 0,
          storedBytes: 0,
        },
      },
      clients: [
        {
          clientId: 'test',
          isOther: false,
          ...{ bytesIn: 0, bytesOut: 0, recordsIn: 0, recordsOut: 0 },
          connections: 1,
          topicsIn: [],
          topicsOut: [],
        },
      ],
    })
    const status = statusView.parse((await call('GET', '/v1/status')).body)
    expect(status).toMatchObject({ connections: 1, tenants: 2, partitions: 2 })
    expect(status.ports).toEqual(broker.ports)
  })

  it('tells what each client moved, the rest as one, and nothing of another cluster', async () => {
    const clients = await Promise.all(
      Array.from({ length: 203 }, async (_, n) => {
        const client = createClient(await broker.dial(), { clientId: `client-${n}` })
        await client.authenticate(broker.first.key, broker.first.secret)
        return client
      }),
    )
    const request = produceRequest('rides', 0, ['a', 'b'])
    const size = request.topicData[0]?.partitionData[0]?.records?.[0]?.length
    await clients[0]?.send(Produce, PRODUCE_VERSION, request)
    const { tenants } = countersView.parse((await call('GET', '/v1/counters')).body)
    const told = tenants[broker.first.id]?.clients ?? []
    expect(told).toHaveLength(201)
    expect(told.find(({ clientId }) => clientId === 'client-0')).toEqual({
      clientId: 'client-0',
      isOther: false,
      ...{ bytesIn: size, recordsIn: 2, bytesOut: 0, recordsOut: 0 },
      connections: 1,
      topicsIn: ['rides'],
      topicsOut: [],
    })
    expect(told.filter(({ isOther }) => isOther)).toMatchObject([
      { clientId: '(other)', connections: 3 },
    ])
    expect(tenants[broker.second.id]?.clients).toEqual([])
    // A topic that is gone is no client's any more.
    await broker.tenants.get(broker.first.id)?.topics.delete([{ name: 'rides' }])
    const after = countersView.parse((await call('GET', '/v1/counters')).body)
    expect(after.tenants[broker.first.id]?.clients.flatMap(({ topicsIn }) => topicsIn)).toEqual([])
  })

  it('opens a cluster without a key, lists who came by it, and closes it', async () => {
    const path = `/v1/tenants/${broker.first.id}/open-listener`
    const off = { isOn: false, port: 0, createTopics: false, partitions: 1, problem: null }
    expect(await call('GET', path)).toEqual({ status: 200, body: off })
    const on = await call('PUT', path, { createTopics: true, partitions: 3 })
    const { port } = openListenerView.parse(on.body)
    expect(on.body).toEqual({ ...off, isOn: true, createTopics: true, partitions: 3, port })
    expect(await call('GET', path)).toEqual(on)

    const client = createClient(await dialPort(port), { clientId: 'student' })
    await client.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['a']))
    const { connections } = (await call('GET', '/v1/connections')).body
    expect(connections.map((one: unknown) => connectionView.parse(one))).toMatchObject([
      { principal: 'User:ANONYMOUS', protocol: 'PLAINTEXT', clientId: 'student' },
    ])
    const { tenants } = countersView.parse((await call('GET', '/v1/counters')).body)
    expect(tenants[broker.first.id]).toMatchObject({
      connections: 1,
      clients: [{ clientId: 'student', recordsIn: 1 }],
    })

    expect((await call('DELETE', path)).status).toBe(204)
    await client.closed
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await call('GET', path)).body).toEqual({ ...on.body, isOn: false })
  })

  it('refuses to open a cluster at a port that is none, or another’s, or an absent cluster', async () => {
    const path = `/v1/tenants/${broker.first.id}/open-listener`
    for (const wrong of [{ port: 80 }, { port: 1.5 }, { partitions: 0 }, { partitions: 1e6 }]) {
      const answer = await call('PUT', path, wrong)
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID' } } })
    }
    const taken = await call('PUT', path, { port: broker.ports[0] })
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
    expect((await call('GET', path)).body.isOn).toBe(false)
    const absent = '/v1/tenants/lkc-absent/open-listener'
    expect((await call('PUT', absent, {})).status).toBe(404)
    expect((await call('GET', absent)).status).toBe(404)
    expect((await call('DELETE', absent)).status).toBe(204)
  })

  it('answers 404 beside its paths and 400 to what is no JSON', async () => {
    expect((await call('GET', '/v2/status')).status).toBe(404)
    const response = await fetch(`${broker.controlUrl}/v1/tenants/lkc-abc123`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: '{',
    })
    expect(response.status).toBe(400)
  })
})
