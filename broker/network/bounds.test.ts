import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { encodeRequestFrame } from '../protocol/header.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { type StatusView, statusView } from '../rules/control.ts'
import { brokerLimit } from '../rules/limits.ts'
import { gatedStorage } from '../testing/gated-storage.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

// What the broker holds is asked of itself: memory of this process would tell of the clients too.

const KIB = 1024
const MIB = 1024 * KIB
const control = { token: 'token-of-the-test' }
const config = { 'max.message.bytes': String(8 * MIB) }
const first = { topics: [{ name: 'rides', partitions: 1, config }] }

let broker: TestBroker

afterEach(() => broker.close())

async function held(): Promise<StatusView['memory']> {
  const headers = { authorization: `Bearer ${control.token}` }
  const response = await fetch(`${broker.controlUrl}/v1/status`, { headers })
  return statusView.parse(await response.json()).memory
}

async function dialTls(): Promise<Socket> {
  const ca = await broker.certificateAuthority()
  const socket = connectTls({ port: broker.ports[0], host: 'localhost', ca })
  await once(socket, 'secureConnect')
  return socket
}

/** A connection that has signed in, as its socket. */
async function signedIn(dialled?: Socket): Promise<Socket> {
  const socket = dialled ?? (await broker.dial())
  await createClient(socket, { clientId: 'test' }).authenticate(
    broker.first.key,
    broker.first.secret,
  )
  return socket
}

/** Waits for a state, on however busy a machine. */
function eventually(isSo: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(isSo, { timeout: 20_000 })
}

/** Asks as somebody who wants nothing of what others wait for. */
async function countTopics(): Promise<number> {
  const client = await broker.connect()
  return (await client.send(Metadata, 1, { topics: null })).topics.length
}

function recordsStored(): number {
  const topic = broker.tenants.get(broker.first.id)?.topics.byName('rides')
  return topic?.partitions[0]?.highWatermark ?? Number.NaN
}

async function produce(client: KafkaClient, sizeBytes: number): Promise<number | undefined> {
  const request = produceRequest('rides', 0, ['x'.repeat(sizeBytes)])
  const { responses } = await client.send(Produce, PRODUCE_VERSION, request)
  return responses[0]?.partitionResponses[0]?.errorCode
}

function fetchFrom(fetchOffset: number) {
  const partitionMaxBytes = 55 * MIB
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes }]
  const topics = [{ topic: 'rides', partitions }]
  const rest = { sessionEpoch: -1, forgottenTopicsData: [] }
  return { maxWaitMs: 0, minBytes: 1, maxBytes: partitionMaxBytes, topics, ...rest }
}

describe('producers that are faster than storage', () => {
  it.each(['plaintext', 'TLS'])(
    'are not read by %s until storage has caught up, and lose nothing',
    async (how) => {
      const { storage, open } = gatedStorage()
      broker = await startTestBroker({ storage, first, control })
      const header = { correlationId: 1, clientId: 'test' }
      const request = produceRequest('rides', 0, ['x'.repeat(256 * KIB)], 0)
      const frame = Buffer.concat(encodeRequestFrame(Produce, PRODUCE_VERSION, header, request))
      const dial = how === 'TLS' ? dialTls : () => broker.dial()
      const producers = await Promise.all(
        Array.from({ length: 8 }, async () => signedIn(await dial())),
      )
      for (const producer of producers) {
        for (let sent = 0; sent < 64; sent++) producer.write(frame)
      }
      await eventually(async () => {
        expect((await held()).pendingAppendBytes).toBeGreaterThan(brokerLimit('pendingAppendBytes'))
      })
      // Whoever asks for something else is served, and meanwhile no more is taken.
      const other = await broker.connect()
      for (let asked = 0; asked < 50; asked++) await other.send(Metadata, 1, { topics: [] })
      const { pendingAppendBytes, requestBytes } = await held()
      expect(pendingAppendBytes).toBeLessThan(brokerLimit('pendingAppendBytes') + frame.length)
      expect(requestBytes).toBeLessThan(brokerLimit('requestBytes'))
      expect(producers.every(({ writableLength }) => writableLength > 0)).toBe(true)
      open()
      await eventually(() => expect(recordsStored()).toBe(8 * 64))
      expect(await held()).toMatchObject({ pendingAppendBytes: 0, requestBytes: 0 })
    },
  )
})

describe('producers of many small requests', () => {
  it('have a bounded number of them under way, and lose nothing', async () => {
    const { storage, open } = gatedStorage()
    broker = await startTestBroker({ storage, first, control })
    const header = { correlationId: 1, clientId: 'test' }
    const request = produceRequest('rides', 0, ['x'], 0)
    const frame = Buffer.concat(encodeRequestFrame(Produce, PRODUCE_VERSION, header, request))
    const thousand = Buffer.concat(Array.from({ length: 1000 }, () => frame))
    const producers = await Promise.all(Array.from({ length: 24 }, () => signedIn()))
    for (const producer of producers) producer.write(thousand)
    const limitBytes = brokerLimit('requestBytes')
    await eventually(async () => {
      expect((await held()).requestBytes).toBeGreaterThanOrEqual(limitBytes)
    })
    expect(await countTopics()).toBe(1)
    expect((await held()).requestBytes).toBeLessThan(1.1 * limitBytes)
    open()
    await eventually(() => expect(recordsStored()).toBe(24_000))
    expect(await held()).toMatchObject({ pendingAppendBytes: 0, requestBytes: 0 })
  })
})

describe('consumers that ask and do not read', () => {
  it('cost a bounded buffer and nobody else an answer, and the longest unread go first', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ first, control, clock })
    const polite = await broker.connect()
    expect(await produce(polite, 7 * MIB)).toBe(0)
    const header = { correlationId: 1, clientId: 'test' }
    const frame = Buffer.concat(encodeRequestFrame(Fetch, 11, header, fetchFrom(0)))
    const silent = await Promise.all(Array.from({ length: 24 }, () => signedIn()))
    let ended = 0
    for (const socket of silent) {
      socket.pause()
      socket.once('close', () => ended++)
      for (let asked = 0; asked < 8; asked++) socket.write(frame)
    }
    await eventually(async () => {
      expect((await held()).answerBytes).toBeGreaterThan(brokerLimit('answerBytes'))
    })
    // Of the eight answers that each asked for, the broker holds no more than the kernel refuses at once.
    expect((await held()).answerBytes).toBeLessThan(24 * 2 * 7 * MIB)
    const answer = await polite.send(Fetch, 11, fetchFrom(0))
    expect(answer.responses[0]?.partitions[0]?.records).toHaveLength(1)
    clock.advance(2000)
    await broker.logged(/did not read what it had asked for/)
    expect((await held()).answerBytes).toBeLessThanOrEqual(brokerLimit('answerBytes'))
    expect((await held()).answerBytes).toBeGreaterThan(brokerLimit('answerBytes') / 2)
    for (const socket of silent) socket.resume()
    await eventually(async () => expect((await held()).answerBytes).toBe(0))
    expect(ended).toBeGreaterThan(0)
    expect(ended).toBeLessThan(24)
  })
})

describe('requests that are begun and not ended', () => {
  it('of the largest size take the room of one, and others are served beside them', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ first, control, clock })
    const sockets = await Promise.all(Array.from({ length: 6 }, () => signedIn()))
    for (const socket of sockets) beginRequest(socket, 100 * MIB, MIB)
    await eventually(async () => expect((await held()).requestBytes).toBe(100 * MIB))
    const polite = await broker.connect()
    expect(await produce(polite, 100)).toBe(0)
    expect(await produce(polite, MIB)).toBe(0)
    expect((await held()).requestBytes).toBe(100 * MIB)
    clock.advance(brokerLimit('slowRequestMs') + 1000)
    await broker.logged(/stopped in the middle of a large request/)
    await eventually(() => expect(sockets.filter(({ closed }) => closed)).toHaveLength(1))
    // The next of them has the room now, and its time.
    expect((await held()).requestBytes).toBe(100 * MIB)
  })

  it('of ordinary size are bounded together, and make way for those that are ended', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ first, control, clock })
    const sockets = await Promise.all(Array.from({ length: 80 }, () => signedIn()))
    for (const socket of sockets) beginRequest(socket, MIB, 512 * KIB)
    await eventually(async () => {
      expect((await held()).requestBytes).toBe(brokerLimit('requestBytes'))
    })
    const polite = await broker.connect()
    expect(await produce(polite, 60 * KIB)).toBe(0)
    const inLine = produce(polite, MIB)
    expect(await produce(await broker.connect(), 60 * KIB)).toBe(0)
    expect((await held()).requestBytes).toBe(brokerLimit('requestBytes'))
    clock.advance(brokerLimit('slowRequestMs') + 1000)
    expect(await inLine).toBe(0)
  })

  it('before sign-in are bounded together, in room that is not that of clients', async () => {
    broker = await startTestBroker({ first, control })
    const strangers = await Promise.all(Array.from({ length: 40 }, () => broker.dial()))
    for (const stranger of strangers) beginRequest(stranger, 512 * KIB, 256 * KIB)
    const limitBytes = brokerLimit('requestBytesBeforeSignIn')
    await eventually(async () => expect((await held()).requestBytes).toBe(limitBytes))
    expect(await produce(await broker.connect(), MIB)).toBe(0)
    expect((await held()).requestBytes).toBe(limitBytes)
    for (const stranger of strangers) stranger.destroy()
    await eventually(async () => expect((await held()).requestBytes).toBe(0))
  })

  it('leave their room when their connection ends', async () => {
    broker = await startTestBroker({ first, control })
    const sockets = await Promise.all(Array.from({ length: 3 }, () => signedIn()))
    for (const socket of sockets) beginRequest(socket, 100 * MIB, MIB)
    await eventually(async () => expect((await held()).requestBytes).toBe(100 * MIB))
    for (const socket of sockets) socket.destroy()
    await eventually(async () => expect((await held()).requestBytes).toBe(0))
  })
})

/** Says how long a request is, and sends so much of it. */
function beginRequest(socket: Socket, lengthBytes: number, sentBytes: number): void {
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(lengthBytes)
  socket.write(prefix)
  socket.write(Buffer.alloc(sentBytes))
}
