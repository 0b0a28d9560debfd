import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { internalPassword, internalUsername } from '../cluster/credentials.ts'
import { ConnectionEnded, createClient } from '../protocol/client.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker | undefined

afterEach(() => broker?.close())

const everything = { topics: null }

describe('connections before sign-in', () => {
  it('are closed after 10 s', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ clock })
    const idle = await broker.dial()
    const stream = readFrames(idle)
    const signedIn = await broker.connect()
    clock.advance(10_001)
    await stream.ended
    await broker.logged(/did not sign in within 10 s/)
    expect((await signedIn.send(Metadata, 1, everything)).topics).toEqual([])
  })

  it('are refused beyond 1,000, until one of them has signed in or gone', async () => {
    broker = await startTestBroker()
    const held: Socket[] = []
    for (let i = 0; i < 1000; i++) held.push(await broker.dial())
    const refused = await broker.dial()
    await readFrames(refused).ended
    await broker.logged(/1000 other connections have not signed in yet/)
    const [first] = held
    const { key, secret } = broker.first
    if (first === undefined) throw new Error('unreachable')
    await createClient(first).authenticate(key, secret)
    const accepted = await broker.connect()
    expect((await accepted.send(Metadata, 1, everything)).brokers).toHaveLength(3)
  })
})

describe('connections of a tenant', () => {
  it('are closed beyond its limit, with a line in the log, and free their place when they end', async () => {
    broker = await startTestBroker({ first: { limits: { connections: 2 } } })
    const clients = [await broker.connect(), await broker.connect({ node: 2 })]
    // An error of SASL would be final for a Java client; a lost connection is tried again.
    await expect(broker.connect({ node: 3 })).rejects.toThrow(ConnectionEnded)
    await broker.logged(new RegExp(`${broker.first.id}.* has reached its limit of 2 client`))
    const other = await broker.connect({ cluster: broker.second })
    expect((await other.send(Metadata, 2, everything)).clusterId).toBe(broker.second.id)
    clients[0]?.close()
    await clients[0]?.closed
    const again = await broker.connect()
    expect((await again.send(Metadata, 2, everything)).clusterId).toBe(broker.first.id)
  })

  it('end at once when their key is deleted, and those of other keys go on', async () => {
    broker = await startTestBroker({})
    const { first, tenants } = broker
    await tenants.putApiKey(first.id, 'OTHERKEY2345ABCD', 'other-secret')
    const cluster = { id: first.id, key: 'OTHERKEY2345ABCD', secret: 'other-secret' }
    const [doomed, other] = [await broker.connect(), await broker.connect({ cluster })]
    await tenants.deleteApiKey(first.id, first.key)
    await doomed.closed
    expect((await other.send(Metadata, 2, everything)).clusterId).toBe(first.id)
    await expect(broker.connect()).rejects.toThrow('Authentication failed')
  })

  it('end at once when the tenant is deleted', async () => {
    broker = await startTestBroker({})
    const [doomed, other] = [
      await broker.connect(),
      await broker.connect({ cluster: broker.second }),
    ]
    await broker.tenants.deleteTenant(broker.first.id)
    await doomed.closed
    expect((await other.send(Metadata, 2, everything)).clusterId).toBe(broker.second.id)
  })
})

describe('idle connections', () => {
  it('are closed after ten minutes', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ clock })
    const client = await broker.connect()
    clock.advance(599_000)
    expect((await client.send(Metadata, 1, everything)).topics).toEqual([])
    clock.advance(601_000)
    await client.closed
  })
})

describe('the advertised addresses', () => {
  it('are those of the socket that asks, for every node', async () => {
    broker = await startTestBroker()
    const client = await broker.connect({ node: 2 })
    const { brokers } = await client.send(Metadata, 1, everything)
    expect(brokers.map(({ nodeId, host, port }) => ({ nodeId, host, port }))).toEqual(
      broker.ports.map((port, i) => ({ nodeId: i + 1, host: 'localhost', port })),
    )
  })

  it('are ADVERTISED_HOST where that is set', async () => {
    broker = await startTestBroker({ advertisedHost: 'kafka.example', brokers: 1 })
    const client = await broker.connect()
    const { brokers } = await client.send(Metadata, 1, everything)
    expect(brokers).toMatchObject([{ nodeId: 1, host: 'kafka.example', port: broker.ports[0] }])
  })

  it('are those of the socket for our own processes, even where ADVERTISED_HOST is set', async () => {
    const internalKey = Buffer.alloc(32, 7)
    broker = await startTestBroker({ advertisedHost: 'kafka.example', brokers: 1, internalKey })
    const key = internalUsername(broker.first.id)
    const secret = internalPassword(internalKey, key)
    const client = await broker.connect({ cluster: { id: broker.first.id, key, secret } })
    const { brokers } = await client.send(Metadata, 1, everything)
    expect(brokers).toMatchObject([{ host: 'localhost', port: broker.ports[0] }])
  })
})
