import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../protocol/client.ts'
import { decodeResponse } from '../protocol/codec.ts'
import { decodeResponseHeader, encodeRequestFrame } from '../protocol/header.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import type { Api, RequestToSend } from '../protocol/schema.ts'
import { frameOf, readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 2 }] } })
})
afterAll(() => broker.close())

function bytesOf<A extends Api>(api: A, version: number, request: RequestToSend<A>): Buffer {
  const header = { correlationId: 7, clientId: 'test' }
  return Buffer.concat(encodeRequestFrame(api, version, header, request))
}

function header(apiKey: number, apiVersion: number, correlationId = 7): Buffer {
  const bytes = Buffer.alloc(10)
  bytes.writeInt16BE(apiKey, 0)
  bytes.writeInt16BE(apiVersion, 2)
  bytes.writeInt32BE(correlationId, 4)
  bytes.writeInt16BE(-1, 8)
  return bytes
}

/** A socket that has signed in, with the sign-in's answers read. */
async function signedInSocket() {
  const socket = await broker.dial()
  const client = createClient(socket)
  await client.authenticate(broker.first.key, broker.first.secret)
  socket.removeAllListeners('data')
  return { socket, stream: readFrames(socket) }
}

describe('unknown APIs and versions', () => {
  it('answers an ApiVersions from the future with error 35 in version 0 and the whole list', async () => {
    const socket = await broker.dial()
    const stream = readFrames(socket)
    socket.write(frameOf(header(18, 99), Buffer.from([0, 0])))
    const frame = (await stream.frame()) ?? Buffer.alloc(0)
    expect(frame.readInt32BE(0)).toBe(7)
    const answer = decodeResponse(ApiVersions, 0, frame, 4)
    expect(answer.errorCode).toBe(35)
    expect(answer.apiKeys).toContainEqual({ apiKey: 18, minVersion: 0, maxVersion: 4 })
    socket.write(bytesOf(ApiVersions, 3, { clientSoftwareName: 'x', clientSoftwareVersion: '1' }))
    const next = (await stream.frame()) ?? Buffer.alloc(0)
    // Response header v0 in every version (KIP-511).
    expect(decodeResponseHeader(ApiVersions, 3, next).bodyOffset).toBe(4)
    expect(decodeResponse(ApiVersions, 3, next, 4).apiKeys).toEqual(answer.apiKeys)
    socket.destroy()
  })

  it('refuses software names that are none (KIP-511)', async () => {
    const client = createClient(await broker.dial())
    const strange = { clientSoftwareName: '-x-', clientSoftwareVersion: '1' }
    expect(await client.send(ApiVersions, 3, strange)).toMatchObject({ errorCode: 42 })
    client.close()
  })

  it('ends the connection at an unknown API or version, and says which it was', async () => {
    const asked = [
      [999, 0, /does not have: API 999 v0/],
      [-1, 3, /does not have: API -1 v3/],
      [3, 99, /does not serve: Metadata v99/],
      [3, -1, /does not serve: Metadata v-1/],
      [1, 3, /does not serve: Fetch v3/],
    ] as const
    for (const [apiKey, version, line] of asked) {
      const { socket, stream } = await signedInSocket()
      socket.write(frameOf(header(apiKey, version)))
      expect(await stream.frame()).toBeNull()
      expect(await broker.logged(line)).toMatch(`User:${broker.first.key}`)
    }
  })

  it('answers Produce 0 to 2 with UNSUPPORTED_VERSION for each partition', async () => {
    const body = Buffer.from([
      0xff, 0xff, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0,
    ])
    for (const version of [0, 1, 2]) {
      const { socket, stream } = await signedInSocket()
      socket.write(frameOf(header(0, version), body))
      const frame = (await stream.frame()) ?? Buffer.alloc(0)
      // correlation id, one topic 't', one partition: index 5, error 35
      expect([...frame.subarray(0, 21)]).toEqual([
        0, 0, 0, 7, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 1, 0, 0, 0, 5, 0, 35,
      ])
      socket.destroy()
    }
  })

  it('ends the connection at a Produce 0 to 2 with acks=0, which cannot be answered', async () => {
    const { socket, stream } = await signedInSocket()
    const body = Buffer.from([
      0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0,
    ])
    socket.write(frameOf(header(0, 2), body))
    expect(await stream.frame()).toBeNull()
    await broker.logged(/does not serve: Produce v2/)
  })

  it('ends the connection at a body that does not decode', async () => {
    const { socket, stream } = await signedInSocket()
    socket.write(frameOf(header(3, 1), Buffer.from([0, 0, 1, 0, 0])))
    expect(await stream.frame()).toBeNull()
    await broker.logged(/Metadata v1 that does not decode/)
  })
})

describe('frames', () => {
  it('answers requests that arrive byte by byte, and many that arrive at once', async () => {
    const { socket, stream } = await signedInSocket()
    const one = bytesOf(Metadata, 1, { topics: null })
    for (const byte of one) socket.write(Buffer.from([byte]))
    const first = await stream.frame()
    expect(decodeResponse(Metadata, 1, first ?? Buffer.alloc(0), 4).topics).toHaveLength(1)
    const many = Array.from({ length: 500 }, (_, i) => {
      const request = Buffer.from(one)
      request.writeInt32BE(i, 8)
      return request
    })
    socket.write(Buffer.concat(many))
    const ids: (number | undefined)[] = []
    while (ids.length < many.length) ids.push((await stream.frame())?.readInt32BE(0))
    expect(ids).toEqual(many.map((_, i) => i))
    socket.destroy()
  })

  it('ends the connection at negative and oversized lengths, before and after sign-in', async () => {
    for (const [length, signedIn] of [
      [-1, false],
      [524_289, false],
      [-5, true],
      [104_857_601, true],
    ] as const) {
      const { socket, stream } = signedIn
        ? await signedInSocket()
        : await broker.dial().then((dialled) => ({ socket: dialled, stream: readFrames(dialled) }))
      const prefix = Buffer.alloc(4)
      prefix.writeInt32BE(length)
      socket.write(prefix)
      expect(await stream.frame()).toBeNull()
      await broker.logged(new RegExp(`sent a frame of impossible length: ${length} bytes`))
    }
  })

  it('names HTTP where it was spoken to the port', async () => {
    const socket = await broker.dial()
    socket.write('GET / HTTP/1.1\r\n')
    await readFrames(socket).ended
    await broker.logged(/sent HTTP \(GET\), and this port speaks Kafka/)
  })

  it('answers what was asked before the client ended its side', async () => {
    const { socket, stream } = await signedInSocket()
    socket.end(bytesOf(Metadata, 1, { topics: null }))
    expect(await stream.frame()).not.toBeNull()
    expect(await stream.frame()).toBeNull()
  })
})
