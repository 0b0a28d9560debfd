import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, SignInError } from '../protocol/client.ts'
import { decodeResponse } from '../protocol/codec.ts'
import { decodeResponseHeader, encodeRequestFrame } from '../protocol/header.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import type { Api, RequestToSend } from '../protocol/schema.ts'
import { frameOf, readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker, type TestCluster } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 2 }] } })
})
afterAll(() => broker.close())

function bytesOf<A extends Api>(api: A, version: number, request: RequestToSend<A>): Buffer {
  const header = { correlationId: 7, clientId: 'test' }
  return Buffer.concat(encodeRequestFrame(api, version, header, request))
}

function plain(username: string, password: string, authzid = ''): Buffer {
  return Buffer.from(`${authzid}\0${username}\0${password}`)
}

function bodyOf<A extends Api>(api: A, version: number, frame: Buffer | null) {
  if (frame === null) throw new Error('The connection ended without an answer.')
  return decodeResponse(api, version, frame, decodeResponseHeader(api, version, frame).bodyOffset)
}

const metadata = { topics: null, allowAutoTopicCreation: false }

function produceFrame(topic: string, acks: number): Buffer {
  const topicData = [{ name: topic, partitionData: [{ index: 0, records: null }] }]
  return bytesOf(Produce, 7, { acks, timeoutMs: 1000, topicData })
}

describe('signing in', () => {
  it('lets a key in by SaslHandshake v1 and each version of SaslAuthenticate', async () => {
    for (const version of [0, 1, 2]) {
      const client = createClient(await broker.dial())
      await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
      const { key, secret } = broker.first
      const answer = await client.send(SaslAuthenticate, version, { authBytes: plain(key, secret) })
      expect(answer).toMatchObject({ errorCode: 0, errorMessage: null, sessionLifetimeMs: 0 })
      const seen = await client.send(Metadata, 9, metadata)
      expect(seen.clusterId).toBe(broker.first.id)
      client.close()
    }
  })

  it('lets a key in by SaslHandshake v0 and a bare token, answered by an empty one', async () => {
    const socket = await broker.dial()
    const stream = readFrames(socket)
    socket.write(bytesOf(SaslHandshake, 0, { mechanism: 'PLAIN' }))
    expect(bodyOf(SaslHandshake, 0, await stream.frame())).toMatchObject({ errorCode: 0 })
    socket.write(frameOf(plain(broker.first.key, broker.first.secret)))
    expect((await stream.frame())?.length).toBe(0)
    socket.write(bytesOf(Metadata, 1, metadata))
    expect(bodyOf(Metadata, 1, await stream.frame()).topics).toMatchObject([{ name: 'rides' }])
    socket.destroy()
  })

  it('ends the connection after a bare token with a wrong secret', async () => {
    const socket = await broker.dial()
    const stream = readFrames(socket)
    socket.write(bytesOf(SaslHandshake, 0, { mechanism: 'PLAIN' }))
    await stream.frame()
    socket.write(frameOf(plain(broker.first.key, 'wrong-secret')))
    expect(await stream.frame()).toBeNull()
  })

  it('refuses a wrong key and a wrong secret in the same words, then ends the connection', async () => {
    const messages: string[] = []
    for (const [key, secret] of [
      ['NOSUCHKEY2345ABC', broker.first.secret],
      [broker.first.key, broker.second.secret],
      [`console.${broker.first.id}`, 'guess'],
    ] as const) {
      const client = createClient(await broker.dial())
      const refusal = await client.authenticate(key, secret).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(SignInError)
      expect(refusal).toMatchObject({ errorCode: 58 })
      messages.push(String(refusal))
      await client.closed
    }
    expect(new Set(messages).size).toBe(1)
  })

  it('answers nothing that was sent right after a failed sign-in', async () => {
    const socket = await broker.dial()
    const stream = readFrames(socket)
    socket.write(
      Buffer.concat([
        bytesOf(SaslHandshake, 1, { mechanism: 'PLAIN' }),
        bytesOf(SaslAuthenticate, 1, { authBytes: plain(broker.first.key, 'wrong-secret') }),
        produceFrame('rides', 1),
        bytesOf(Metadata, 1, metadata),
      ]),
    )
    expect(bodyOf(SaslHandshake, 1, await stream.frame())).toMatchObject({ errorCode: 0 })
    expect(bodyOf(SaslAuthenticate, 1, await stream.frame())).toMatchObject({ errorCode: 58 })
    expect(await stream.frame()).toBeNull()
    expect((await stream.rest()).length).toBe(0)
  })

  it('refuses other mechanisms and names its own', async () => {
    const client = createClient(await broker.dial())
    const answer = await client.send(SaslHandshake, 1, { mechanism: 'SCRAM-SHA-256' })
    expect(answer).toEqual({ errorCode: 33, mechanisms: ['PLAIN'] })
    await client.closed
  })

  it('answers ApiVersions before sign-in and ends the connection at anything else', async () => {
    for (const frame of [bytesOf(Metadata, 1, metadata), produceFrame('rides', 0)]) {
      const socket = await broker.dial()
      const stream = readFrames(socket)
      socket.write(bytesOf(ApiVersions, 0, {}))
      expect(bodyOf(ApiVersions, 0, await stream.frame()).errorCode).toBe(0)
      socket.write(frame)
      expect(await stream.frame()).toBeNull()
    }
    await broker.logged(
      /sent Metadata v1, .* not legal before sign-in: .* set security\.protocol=SASL_SSL/,
    )
  })

  it('answers ILLEGAL_SASL_STATE to a token without a handshake and to a second handshake', async () => {
    const hasty = createClient(await broker.dial())
    const token = { authBytes: plain(broker.first.key, broker.first.secret) }
    expect(await hasty.send(SaslAuthenticate, 1, token)).toMatchObject({ errorCode: 34 })
    await hasty.closed
    const twice = createClient(await broker.dial())
    await twice.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
    const second = await twice.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
    expect(second).toMatchObject({ errorCode: 34 })
    await twice.closed
  })

  it('takes an authorization id only where it is the user name', async () => {
    const { key, secret } = broker.first
    for (const [authzid, errorCode] of [
      [key, 0],
      [broker.second.key, 58],
    ] as const) {
      const client = createClient(await broker.dial())
      await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
      const authBytes = plain(key, secret, authzid)
      expect(await client.send(SaslAuthenticate, 1, { authBytes })).toMatchObject({ errorCode })
      client.close()
    }
  })

  it('refuses malformed tokens', async () => {
    const { key, secret } = broker.first
    const tokens = ['', key, `\0${key}`, `\0${key}\0`, `\0\0${secret}`, `\0${key}\0${secret}\0`]
    for (const token of [...tokens.map((text) => Buffer.from(text)), Buffer.from([0, 255, 0, 1])]) {
      const client = createClient(await broker.dial())
      await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
      expect(await client.send(SaslAuthenticate, 1, { authBytes: token })).toMatchObject({
        errorCode: 58,
      })
      await client.closed
    }
  })
})

describe('signing in again on a live connection', () => {
  async function signInAgain(as: TestCluster) {
    const client = await broker.connect()
    await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
    const authBytes = plain(as.key, as.secret)
    const { errorCode } = await client.send(SaslAuthenticate, 1, { authBytes })
    return { client, errorCode }
  }

  it('goes on as the same principal', async () => {
    const { client, errorCode } = await signInAgain(broker.first)
    expect(errorCode).toBe(0)
    expect((await client.send(Metadata, 9, metadata)).clusterId).toBe(broker.first.id)
    client.close()
  })

  it('is refused as another principal', async () => {
    const { client, errorCode } = await signInAgain(broker.second)
    expect(errorCode).toBe(58)
    await client.closed
  })
})
