import { once } from 'node:events'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { internalPassword, internalUsername } from '../cluster/credentials.ts'
import type { BrokerOptions } from '../index.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

afterEach(() => broker.close())

const rides = { topics: [{ name: 'rides', partitions: 1 }] }

async function start(options: Omit<BrokerOptions, 'log' | 'clusters'> = {}) {
  broker = await startTestBroker({ ...options, first: rides })
}

/** Connects by TLS as a client does that was given the authority; `options` differ from that. */
async function dialTls(
  options: ConnectionOptions & { readonly allowHalfOpen?: boolean } = {},
): Promise<TLSSocket> {
  const socket = connectTls({
    host: '127.0.0.1',
    port: broker.ports[0] ?? 0,
    servername: 'localhost',
    ca: await broker.certificateAuthority(),
    ...options,
  })
  await once(socket, 'secureConnect')
  return socket
}

async function signIn(socket: Socket): Promise<KafkaClient> {
  const client = createClient(socket, { clientId: 'test' })
  await client.authenticate(broker.first.key, broker.first.secret)
  return client
}

function produce(client: KafkaClient, values: readonly string[]) {
  return client.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, values))
}

/** The bytes of all batches from the beginning. */
async function fetchAll(client: KafkaClient): Promise<Buffer> {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 50_000_000 }]
  const answer = await client.send(Fetch, 11, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 50_000_000,
    sessionEpoch: -1,
    topics: [{ topic: 'rides', partitions }],
    forgottenTopicsData: [],
  })
  return Buffer.concat(answer.responses[0]?.partitions[0]?.records ?? [])
}

describe('TLS on a port of the broker', () => {
  it('carries whole requests and answers, on every node, beside plaintext', async () => {
    await start()
    const clients = await Promise.all([
      ...broker.ports.map(async (port) => signIn(await dialTls({ port }))),
      broker.connect(),
    ])
    for (const [index, client] of clients.entries()) await produce(client, [`by client ${index}`])
    const [first, ...others] = await Promise.all(clients.map(fetchAll))
    expect(first?.includes('by client 3')).toBe(true)
    for (const other of others) expect(other.equals(first ?? Buffer.alloc(0))).toBe(true)
  })

  it('carries answers of megabytes to a client that reads slowly', async () => {
    await start()
    const client = await signIn(await dialTls())
    const value = 'x'.repeat(500_000)
    for (let count = 0; count < 12; count++) await produce(client, [value])
    const [all, again] = await Promise.all([fetchAll(client), fetchAll(client)])
    expect(all.length).toBeGreaterThan(12 * value.length)
    expect(again.equals(all)).toBe(true)
  })

  it('begins with the first byte, however the handshake was split', async () => {
    await start()
    const plain = await broker.dial()
    const write = plain.write.bind(plain)
    // Every byte a write of its own, so that the broker sees 0x16 alone.
    plain.write = (bytes: Uint8Array | string) =>
      [...Buffer.from(bytes)].map((byte) => write(Uint8Array.of(byte))).every(Boolean)
    const socket = await dialTls({ socket: plain, host: undefined, port: undefined })
    const client = await signIn(socket)
    expect((await client.send(Metadata, 1, { topics: null })).topics).toHaveLength(1)
  })

  it('answers what was asked before the client ended its side', async () => {
    await start()
    const socket = await dialTls({ allowHalfOpen: true })
    const client = await signIn(socket)
    const answer = client.send(Metadata, 1, { topics: null })
    socket.end()
    expect((await answer).topics).toHaveLength(1)
    await client.closed
  })

  it('ends at what cannot be decrypted, with a line', async () => {
    await start()
    const plain = await broker.dial()
    const wire = new Duplex({
      read() {},
      write: (bytes, _encoding, done) => void plain.write(bytes, done),
    })
    plain.on('data', (bytes) => wire.push(bytes)).on('close', () => wire.destroy())
    const client = await signIn(await dialTls({ socket: wire, host: undefined, port: undefined }))
    // A record of application data that nobody encrypted.
    plain.write(Buffer.from(`1703030010${'00'.repeat(16)}`, 'hex'))
    await client.closed
    await broker.logged(/broke TLS: .*: look for what changes bytes/)
    expect(broker.logLines.filter((line) => /broke TLS/.test(line))).toHaveLength(1)
  })

  it('tells clients the name that they dialled, which is in the certificate', async () => {
    await start({ tlsNames: ['*.kafka.lan'] })
    const hostsAt = async (socket: Socket) => {
      const { brokers } = await (await signIn(socket)).send(Metadata, 1, { topics: [] })
      return brokers.map(({ host }) => host)
    }
    const named = await dialTls({ servername: 'one.kafka.lan' })
    expect(await hostsAt(named)).toEqual(['one.kafka.lan', 'one.kafka.lan', 'one.kafka.lan'])
    const unnamed = await dialTls({ servername: '' })
    expect(await hostsAt(unnamed)).toEqual(['localhost', 'localhost', 'localhost'])
  })

  it('tells clients ADVERTISED_HOST rather than what they dialled', async () => {
    await start({ advertisedHost: 'kafka.example.com' })
    const client = await signIn(await dialTls())
    const { brokers } = await client.send(Metadata, 1, { topics: [] })
    expect(brokers[0]?.host).toBe('kafka.example.com')
    await dialTls({ servername: 'kafka.example.com' })
  })
})

describe('a handshake that fails', () => {
  it.each([
    [
      'without the authority',
      { ca: undefined },
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
      /hung up at its TLS handshake, .* perhaps it does not trust .* ca\.pem .* TLS_NAMES$/,
    ],
    [
      'under a name that is not in it',
      { servername: 'other.lan' },
      /ERR_TLS_CERT_ALTNAME_INVALID/,
      /dialled other\.lan, and the certificate is for other names: put that name into TLS_NAMES/,
    ],
  ])('refuses our certificate %s: both sides say so', async (_how, options, code, line) => {
    await start()
    await expect(dialTls(options)).rejects.toHaveProperty('code', expect.stringMatching(code))
    expect(await broker.logged(line)).toMatch(/^connection /)
    await signIn(await dialTls())
  })

  it.each([
    ['garbage', Buffer.concat([Buffer.of(0x16), Buffer.alloc(300, 0x5a)])],
    ['an impossible version', Buffer.from('160909000501000001', 'hex')],
    ['no handshake in the record', Buffer.from('1603010004ffffffff', 'hex')],
  ])('after a first byte of TLS with %s ends in one line', async (_what, bytes) => {
    await start()
    await broker.certificateAuthority()
    const socket = await broker.dial()
    const { ended } = readFrames(socket)
    socket.write(bytes)
    await ended
    const line = await broker.logged(/failed its TLS handshake: /)
    expect(line).toMatch(/what it sent after a first byte of TLS was not TLS: check what/)
    await signIn(await dialTls())
    expect(broker.logLines.filter((each) => /TLS/.test(each))).toEqual([line])
  })

  it('is said once, however often it comes', async () => {
    await start({ clock: createFakeClock() })
    for (let count = 0; count < 30; count++) {
      const socket = await broker.dial()
      const { ended } = readFrames(socket)
      socket.write(Buffer.alloc(100, 0x16))
      await ended
    }
    expect(broker.logLines.filter((each) => /TLS handshake/.test(each))).toHaveLength(1)
  })

  it('because it does not go on is closed after 10 s, as whoever does not sign in', async () => {
    const clock = createFakeClock(Date.now())
    await start({ clock })
    const slow = await broker.dial()
    const streams = [readFrames(slow), readFrames(await broker.dial())]
    slow.write(Buffer.from('16030102000100', 'hex'))
    const stranger = createClient(await dialTls())
    await stranger.send(ApiVersions, 0, {})
    clock.advance(10_001)
    await Promise.all([...streams.map(({ ended }) => ended), stranger.closed])
    await broker.logged(/did not complete its TLS handshake within 10 s/)
    await broker.logged(/did not sign in within 10 s: set security\.protocol/)
    clock.advance(60_000)
    await broker.logged(/^1 more connections from 127\.0\.0\.1 .* did not sign in within 10 s/)
  })

  it('counts among the connections that have not signed in', async () => {
    await start()
    for (let count = 0; count < 1000; count++) {
      ;(await broker.dial()).write(Buffer.of(0x16))
    }
    await readFrames(await broker.dial()).ended
    await broker.logged(/1000 other connections have not signed in yet/)
  })

  it('because the client ended its side leaves nothing open', async () => {
    await start()
    const socket = await broker.dial()
    const { ended } = readFrames(socket)
    socket.end(Buffer.from('16030102000100', 'hex'))
    await ended
    await broker.logged(/hung up at its TLS handshake/)
  })

  it('does not hold up a stop', async () => {
    await start()
    const socket = await broker.dial()
    const { ended } = readFrames(socket)
    socket.write(Buffer.from('16030102000100', 'hex'))
    await signIn(await dialTls())
    await broker.close()
    await ended
  })

  it('cannot be asked for again by a client that is signed in', async () => {
    await start()
    const socket = await dialTls({ maxVersion: 'TLSv1.2' })
    await signIn(socket)
    const refused = new Promise<string>((resolve) => {
      socket.on('error', (error) => resolve(error.message))
      socket.renegotiate({}, (error) => resolve(error?.message ?? 'renegotiated'))
    })
    expect(await refused).toMatch(/no renegotiation/)
  })

  it('because the client is too old for TLS 1.2 says so', async () => {
    await start()
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const
    await expect(dialTls(old)).rejects.toThrow()
    await broker.logged(/failed its TLS handshake: it speaks only versions before TLS 1\.2/)
  })
})

describe('a port that accepts', () => {
  it('SASL_PLAINTEXT alone turns TLS away in a sentence', async () => {
    await start({ securityProtocols: ['SASL_PLAINTEXT'] })
    await expect(dialTls()).rejects.toHaveProperty('code', 'ECONNRESET')
    await broker.logged(/speaks TLS where only SASL_PLAINTEXT is accepted: set security\.protocol/)
    await broker.connect()
  })

  it('SASL_SSL alone refuses keys in clear text, and tells the client why', async () => {
    await start({ securityProtocols: ['SASL_SSL'] })
    await expect(broker.connect()).rejects.toThrow(
      'speaks plaintext where only SASL_SSL is accepted: set security.protocol=SASL_SSL',
    )
    await broker.logged(/speaks plaintext where only SASL_SSL is accepted/)
    await signIn(await dialTls())
  })

  it('SASL_SSL alone lets our own processes in from this machine', async () => {
    const internalKey = Buffer.alloc(32, 7)
    await start({ securityProtocols: ['SASL_SSL'], internalKey })
    const client = createClient(await broker.dial())
    const username = internalUsername(broker.first.id)
    await client.authenticate(username, internalPassword(internalKey, username))
    expect((await client.send(Metadata, 1, { topics: null })).topics).toHaveLength(1)
  })
})
