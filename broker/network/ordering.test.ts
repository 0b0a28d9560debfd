import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '../protocol/client.ts'
import { encodeRequestFrame } from '../protocol/header.ts'
import { ListOffsets } from '../protocol/messages/list-offsets.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import type { Api, RequestToSend } from '../protocol/schema.ts'
import { gatedStorage } from '../testing/gated-storage.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { readFrames } from '../testing/raw-stream.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker | undefined

afterEach(() => broker?.close())

const first = { topics: [{ name: 'rides', partitions: 2 }] }

function bytesOf<A extends Api>(
  correlationId: number,
  api: A,
  version: number,
  request: RequestToSend<A>,
): Buffer {
  const header = { correlationId, clientId: 'test' }
  return Buffer.concat(encodeRequestFrame(api, version, header, request))
}

async function signedInSocket(to: TestBroker) {
  const socket = await to.dial()
  await createClient(socket).authenticate(to.first.key, to.first.secret)
  socket.removeAllListeners('data')
  return { socket, stream: readFrames(socket) }
}

async function latestOffset(to: TestBroker): Promise<number | undefined> {
  const client = await to.connect()
  const topics = [{ name: 'rides', partitions: [{ partitionIndex: 0, timestamp: -1 }] }]
  const answer = await client.send(ListOffsets, 2, { replicaId: -1, topics })
  client.close()
  return answer.topics[0]?.partitions[0]?.offset
}

describe('answers', () => {
  it('leave in the order of the requests; acks=0 takes its turn and writes nothing', async () => {
    broker = await startTestBroker({ first })
    const { socket, stream } = await signedInSocket(broker)
    const frames: Buffer[] = []
    const expected: number[] = []
    for (let id = 0; id < 300; id++) {
      const acks = [-1, 0, 1][id % 3] ?? -1
      if (id % 10 === 9) frames.push(bytesOf(id, Metadata, 1, { topics: null }))
      else
        frames.push(bytesOf(id, Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['x'], acks)))
      if (id % 10 === 9 || acks !== 0) expected.push(id)
    }
    socket.write(Buffer.concat(frames))
    const seen: (number | undefined)[] = []
    while (seen.length < expected.length) seen.push((await stream.frame())?.readInt32BE(0))
    expect(seen).toEqual(expected)
    expect(await latestOffset(broker)).toBe(270)
    socket.destroy()
  })

  it('to Produce requests sent together wait for the same commit', async () => {
    const { storage, open, writes } = gatedStorage()
    broker = await startTestBroker({ first, storage })
    const client = await broker.connect()
    const produces = Array.from({ length: 50 }, (_, i) =>
      client.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, [`value ${i}`])),
    )
    while (writes() === 0) await nextTurn()
    open()
    const offsets = (await Promise.all(produces)).map(
      (answer) => answer.responses[0]?.partitionResponses[0]?.baseOffset,
    )
    expect(offsets).toEqual(offsets.map((_, i) => i))
    expect(writes()).toBeLessThanOrEqual(3)
  })

  it('to acks=0 are the end of the connection where the records were refused', async () => {
    broker = await startTestBroker({ first })
    const client = await broker.connect()
    client.post(Produce, PRODUCE_VERSION, produceRequest('absent', 0, ['x'], 0))
    await client.closed
  })
})

describe('back-pressure', () => {
  it('stops reading while too much waits to be stored, and then takes everything', async () => {
    const { storage, open } = gatedStorage()
    broker = await startTestBroker({ first, storage })
    const { socket, stream } = await signedInSocket(broker)
    const value = 'x'.repeat(1_000_000)
    const count = 128
    for (let id = 0; id < count; id++) {
      socket.write(bytesOf(id, Produce, PRODUCE_VERSION, produceRequest('rides', id % 2, [value])))
    }
    // Both ends run in this process: after so many turns without a byte taken, no more is read.
    for (let idle = 0, left = -1; idle < 500; idle++) {
      if (socket.writableLength !== left) idle = 0
      left = socket.writableLength
      await nextTurn()
    }
    expect(socket.writableLength).toBeGreaterThan(count * 500_000)
    open()
    for (let id = 0; id < count; id++) expect((await stream.frame())?.readInt32BE(0)).toBe(id)
    socket.destroy()
  })

  it('stops reading from a client that does not read, and then answers everything', async () => {
    const wide = { topics: [{ name: 'wide', partitions: 200 }] }
    broker = await startTestBroker({ first: wide })
    const socket = await broker.dial()
    await createClient(socket).authenticate(broker.first.key, broker.first.secret)
    socket.removeAllListeners('data')
    socket.pause()
    const count = 5000
    const request = bytesOf(0, Metadata, 1, { topics: null })
    const all = Buffer.alloc(request.length * count)
    for (let id = 0; id < count; id++) {
      request.writeInt32BE(id, 8)
      request.copy(all, id * request.length)
    }
    socket.write(all)
    for (let idle = 0, sent = -1; idle < 500; idle++) {
      if (socket.bytesWritten - socket.writableLength !== sent) idle = 0
      sent = socket.bytesWritten - socket.writableLength
      await nextTurn()
    }
    const other = await broker.connect()
    expect((await other.send(Metadata, 1, { topics: null })).topics).toHaveLength(1)
    let received = 0
    let last = -1
    const { frame } = readFrames(socket)
    socket.resume()
    while (received < count) {
      last = (await frame())?.readInt32BE(0) ?? -2
      expect(last).toBe(received)
      received += 1
    }
    socket.destroy()
    await once(socket, 'close')
  })
})
