import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, describe, expect, it } from 'vitest'
import { internalPassword, internalUsername } from '../cluster/credentials.ts'
import type { BrokerOptions } from '../index.ts'
import { createClient } from '../protocol/client.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import {
  type ConnectionAttemptsView,
  connectionAttemptsView,
} from '../rules/connection-attempts.ts'
import { brokerLimit } from '../rules/limits.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker, type TestCluster } from '../testing/test-broker.ts'

const token = 'token-of-this-start'
let broker: TestBroker
afterEach(() => broker.close())

async function start(options: Omit<BrokerOptions, 'log' | 'clusters' | 'control'> = {}) {
  const first = { topics: [{ name: 'rides', partitions: 1 }] }
  broker = await startTestBroker({ ...options, first, control: { token } })
}

const loopback = '127.0.0.1'

async function attempts(
  cluster: TestCluster = broker.first,
  query: { readonly key?: string; readonly viewer?: string } = { viewer: loopback },
): Promise<ConnectionAttemptsView> {
  const path = `/v1/tenants/${cluster.id}/connection-attempts?${new URLSearchParams(query)}`
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${broker.controlUrl}${path}`, { headers })
  expect(answer.status).toBe(200)
  return connectionAttemptsView.parse(await answer.json())
}

/** Asks until it is there: a socket's end is known here before it is there. */
async function untilSeen<Seen>(find: (view: ConnectionAttemptsView) => Seen | undefined) {
  for (;;) {
    const seen = find(await attempts())
    if (seen !== undefined) return seen
  }
}

const strangerWith = (code: string) =>
  untilSeen(({ strangers }) => strangers.find(({ problem }) => problem?.code === code))
const ownWith = (code: string) =>
  untilSeen(({ attempts: own }) => own.find(({ problem }) => problem?.code === code))

async function kafkajs(overrides: object = {}, { key, secret } = broker.first) {
  const kafka = new Kafka({
    clientId: 'kafkajs-client',
    brokers: [`localhost:${broker.ports[0]}`],
    sasl: { mechanism: 'plain', username: key, password: secret },
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...overrides,
  })
  const admin = kafka.admin()
  await admin.connect()
  return admin
}

describe('a client that is right', () => {
  it('is shown as far as it has got: encrypted, signed in, its software, produce, last error', async () => {
    await start()
    const socket = connectTls({
      ...{ host: loopback, port: broker.ports[0] ?? 0, servername: 'localhost' },
      ca: await broker.certificateAuthority(),
    })
    await once(socket, 'secureConnect')
    const client = createClient(socket, { clientId: 'right' })
    const software = { clientSoftwareName: 'test-client', clientSoftwareVersion: '1.2.3' }
    await client.send(ApiVersions, 3, software)
    await client.authenticate(broker.first.key, broker.first.secret)
    await client.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['one']))
    const [attempt] = (await attempts()).attempts
    expect(attempt).toMatchObject({
      closedMs: null,
      count: 1,
      address: expect.stringContaining(loopback),
      isEncrypted: true,
      tlsVersion: 'TLSv1.3',
      askedName: 'localhost',
      mechanism: 'PLAIN',
      key: broker.first.key,
      isSignedIn: true,
      clientId: 'right',
      software: 'test-client 1.2.3',
      lastRequest: { name: `Produce v${PRODUCE_VERSION}` },
      firstProduceMs: expect.any(Number),
      firstFetchMs: null,
      problem: null,
    })
    await client.send(Metadata, 4, { topics: [{ name: 'nowhere' }], allowAutoTopicCreation: false })
    expect(await ownWith('UNKNOWN_TOPIC')).toMatchObject({
      closedMs: null,
      problem: { sentence: 'asked for the topic nowhere, which this cluster does not have' },
    })
    client.close()
    expect(await untilSeen(({ attempts: own }) => own.find((one) => one.closedMs))).toMatchObject({
      isSignedIn: true,
      problem: { code: 'UNKNOWN_TOPIC' },
    })
  })

  it('is no attempt of our own processes', async () => {
    const internalKey = randomBytes(32)
    await start({ internalKey })
    const username = internalUsername(broker.first.id)
    const client = createClient(await broker.dial())
    await client.authenticate(username, internalPassword(internalKey, username))
    expect(await attempts()).toMatchObject({ attempts: [], strangers: [] })
    client.close()
    await client.closed
    await broker.connect()
    expect((await attempts()).attempts).toHaveLength(1)
    expect((await attempts()).strangers).toEqual([])
  })
})

describe('a client whose trust is wrong', () => {
  const openssl = spawnSync('openssl', ['version']).status === 0

  async function sClient(...options: readonly string[]) {
    const place = ['-connect', `127.0.0.1:${broker.ports[0]}`, '-verify_return_error']
    const child = spawn('openssl', ['s_client', ...place, ...options], { stdio: 'ignore' })
    await once(child, 'exit')
  }

  it.skipIf(!openssl)('because it knows other authorities alone is told so (OpenSSL)', async () => {
    await start()
    await sClient('-servername', 'localhost', '-no-CAfile', '-no-CApath', '-no-CAstore')
    const { problem } = await strangerWith('TLS_UNKNOWN_AUTHORITY')
    expect(problem?.sentence).toMatch(/does not trust the authority of the certificate$/)
    expect(problem?.remedy).toMatch(/ca\.pem or truststore\.p12/)
    await broker.logged(/failed its TLS handshake: it does not trust .*: give it ca\.pem/)
  })

  it.skipIf(!openssl)('because it dialled another name is told which (OpenSSL)', async () => {
    await start()
    const folder = mkdtempSync(join(tmpdir(), 'tributary-attempts-'))
    writeFileSync(join(folder, 'ca.pem'), await broker.certificateAuthority())
    const name = 'kafka.example.com'
    const wrong = ['-servername', name, '-verify_hostname', name]
    await sClient('-CAfile', join(folder, 'ca.pem'), ...wrong)
    rmSync(folder, { recursive: true })
    expect(await strangerWith('TLS_WRONG_HOST_NAME')).toMatchObject({
      isEncrypted: true,
      askedName: name,
      problem: { remedy: expect.stringContaining('TLS_NAMES') },
    })
    await broker.logged(/it dialled kafka\.example\.com, and the certificate is for other names/)
  })

  it('and that hangs up without a word is told what it may be (kafkajs)', async () => {
    await start()
    await expect(kafkajs({ ssl: true })).rejects.toThrow()
    const { problem } = await strangerWith('TLS_HUNG_UP')
    expect(problem?.sentence).toMatch(/without a reason: perhaps it does not trust/)
  })
})

describe('a client whose protocol is wrong', () => {
  it('speaks plaintext where only TLS is accepted', async () => {
    await start({ securityProtocols: ['SASL_SSL'] })
    await expect(kafkajs()).rejects.toThrow(/SASL_SSL/)
    expect(await ownWith('PLAINTEXT_REFUSED')).toMatchObject({
      isEncrypted: false,
      isSignedIn: false,
      key: broker.first.key,
      problem: { remedy: 'set security.protocol=SASL_SSL' },
    })
    await broker.logged(/speaks plaintext where only SASL_SSL is accepted/)
  })

  it('speaks TLS where only plaintext is accepted', async () => {
    await start({ securityProtocols: ['SASL_PLAINTEXT'] })
    await expect(kafkajs({ ssl: { ca: [await broker.certificateAuthority()] } })).rejects.toThrow()
    expect(await strangerWith('TLS_REFUSED')).toMatchObject({
      isEncrypted: true,
      problem: { remedy: 'set security.protocol=SASL_PLAINTEXT' },
    })
  })

  it('sends requests without signing in', async () => {
    await start()
    // That it connects is no more than ApiVersions, which a stranger may ask.
    const admin = await kafkajs({ sasl: undefined })
    await expect(admin.listTopics()).rejects.toThrow()
    const { problem } = await strangerWith('NOT_SIGNED_IN')
    expect(problem?.remedy).toMatch(/^set security\.protocol=SASL_SSL or SASL_PLAINTEXT/)
  })

  it('speaks another mechanism', async () => {
    await start()
    const client = createClient(await broker.dial())
    await client.send(SaslHandshake, 1, { mechanism: 'SCRAM-SHA-256' })
    await client.closed
    expect(await strangerWith('SASL_MECHANISM')).toMatchObject({ mechanism: 'SCRAM-SHA-256' })
  })

  it.each([
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
    ['NOT_KAFKA', 'SSH-2.0-OpenSSH_9.2'],
  ])('is no Kafka client: %s', async (code, said) => {
    await start()
    const socket = await broker.dial()
    socket.write(said)
    await readFrames(socket).ended
    await strangerWith(code)
  })

  it.each([
    ['SAID_NOTHING', ''],
    ['LEFT_BEFORE_SIGN_IN', '\0\0'],
  ])('goes before it signs in: %s', async (code, said) => {
    await start()
    const socket = await broker.dial()
    socket.end(said)
    await strangerWith(code)
    expect(broker.logLines).toEqual([])
  })
})

describe('a client whose key is wrong', () => {
  const signIn = async (key: string, secret: string) => {
    const client = createClient(await broker.dial(), { clientId: 'first-client' })
    await expect(client.authenticate(key, secret)).rejects.toThrow('key or its secret is wrong')
    await client.closed
  }

  it('gave a wrong secret: its cluster sees it, and nobody else', async () => {
    await start()
    await signIn(broker.first.key, 'wrong-secret')
    const { problem, key } = await ownWith('WRONG_SECRET')
    expect(key).toBe(broker.first.key)
    expect(problem?.sentence).toContain(broker.first.key)
    expect(await attempts(broker.second)).toMatchObject({ attempts: [], strangers: [] })
  })

  it('gave a key that is nobody’s: who shares its machine sees it, without what was given', async () => {
    await start()
    await signIn('NOSUCHKEY2345ABC', 'wrong-secret')
    await strangerWith('UNKNOWN_KEY')
    for (const cluster of [broker.first, broker.second]) {
      const seen = await attempts(cluster)
      expect(seen.strangers).toMatchObject([{ key: null, clientId: null }])
      expect(JSON.stringify(seen)).not.toMatch(/NOSUCHKEY2345ABC|first-client|wrong-secret/)
    }
    expect((await attempts(broker.first, { viewer: '192.0.2.7' })).strangers).toEqual([])
    expect((await attempts(broker.first, {})).strangers).toEqual([])
    expect((await attempts(broker.first, { viewer: '::1' })).strangers).toHaveLength(1)
  })

  it('gave a key that was deleted: its cluster sees that', async () => {
    await start()
    const { id, key, secret } = broker.first
    await broker.tenants.deleteApiKey(id, key)
    await signIn(key, secret)
    expect((await ownWith('DELETED_KEY')).key).toBe(key)
  })

  it('whose key is deleted while it is connected is told why it was ended', async () => {
    await start()
    const client = await broker.connect()
    await broker.tenants.deleteApiKey(broker.first.id, broker.first.key)
    await client.closed
    expect(await ownWith('KEY_DELETED')).toMatchObject({ isSignedIn: true })
  })
})

describe('what is shown', () => {
  it('is of one key where one is asked for', async () => {
    await start()
    await broker.connect()
    expect((await attempts(broker.first, { key: broker.first.key })).attempts).toHaveLength(1)
    expect((await attempts(broker.first, { key: 'OTHERKEY23456789' })).attempts).toEqual([])
  })

  it('never holds another cluster’s key, client id or topic', async () => {
    await start()
    const client = createClient(await broker.dial(), { clientId: 'first-client' })
    await client.authenticate(broker.first.key, broker.first.secret)
    await client.send(Metadata, 4, { topics: [{ name: 'secret-topic' }] })
    const open = JSON.stringify(await attempts(broker.second))
    client.close()
    await client.closed
    await ownWith('UNKNOWN_TOPIC')
    const ended = JSON.stringify(await attempts(broker.second))
    for (const seen of [open, ended]) {
      expect(seen).not.toMatch(/first-client|secret-topic/)
      expect(seen).not.toContain(broker.first.key)
    }
  })

  it('is bounded, and attempts that end alike are one', async () => {
    await start()
    for (let time = 0; time < 5; time++) {
      const client = createClient(await broker.dial(), { clientId: `made-up-${time}` })
      await expect(client.authenticate(broker.first.key, 'wrong-secret')).rejects.toThrow()
      await client.closed
    }
    await untilSeen(({ attempts: own }) => own.find(({ count }) => count === 5))
    expect((await attempts()).attempts).toHaveLength(1)
    const many = brokerLimit('rememberedAttempts') + 10
    for (let client = 0; client < many; client++) {
      const named = createClient(await broker.dial(), { clientId: `client-${client}` })
      await named.authenticate(broker.first.key, broker.first.secret)
      named.close()
      await named.closed
    }
    const last = `client-${many - 1}`
    await untilSeen(({ attempts: own }) =>
      own.find(({ clientId, closedMs }) => clientId === last && closedMs),
    )
    expect((await attempts()).attempts).toHaveLength(brokerLimit('rememberedAttempts'))
  })

  it('is gone with its cluster', async () => {
    await start()
    await broker.connect()
    await broker.tenants.deleteTenant(broker.first.id)
    const path = `/v1/tenants/${broker.first.id}/connection-attempts`
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(`${broker.controlUrl}${path}`, { headers })).status).toBe(404)
  })
})
