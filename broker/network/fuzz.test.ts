/**
 * Random bytes, and valid frames that were cut short or changed, against a whole broker. Afterwards
 * it must serve as before, have failed nowhere inside, and hold no more memory than at first.
 *
 * `FUZZ_FRAMES` says how many frames (`npm run test:soak`: 50,000); `FUZZ_SEED` repeats a run.
 */
import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { ZERO_UUID } from '../protocol/schema.ts'
import { createFuzzFrames } from '../testing/fuzz-frames.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const frameCount = Number(process.env.FUZZ_FRAMES ?? 2000)
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Sockets at once, and frames sent on each before it is given up. */
const SOCKETS = 16
const FRAMES_PER_SOCKET = 12

/** What the heap may differ by, for noise: 50,000 frames are about 10 MiB, of which none may stay. */
const GROWTH_BYTES_MAX = 24 * 1024 * 1024

it(`keeps serving through ${frameCount} frames of garbage (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  console.log(`fuzz: FUZZ_FRAMES=${frameCount} FUZZ_SEED=${seed}`)
  const topics = [{ name: 'canary', partitions: 1 }]
  const broker = await startTestBroker({ first: { topics }, second: { topics } })
  const canary = await broker.connect()
  const topicIds = topicIdsOf(broker)
  const frames = createFuzzFrames(seed, topicIds)
  const sockets: (Attack | null)[] = Array.from({ length: SOCKETS }, () => null)
  const held: number[] = []
  for (let sent = 0; sent < frameCount; sent++) {
    const slot = sent % SOCKETS
    sockets[slot] = await attack(broker, sockets[slot] ?? null, frames)
    if (slot === 0) await nextTurn()
    if (sent % 1000 === 0) await expectServing(canary, `value ${sent}`)
    if (sent % Math.ceil(frameCount / SAMPLES_OF_MEMORY) === 0) held.push(await heldBytes())
  }
  for (const one of sockets) one?.socket.destroy()
  await expectServing(canary, 'the last value')
  await expectServing(await broker.connect(), 'on a new connection')
  expect(broker.logLines.filter((line) => /was closed because/.test(line))).toEqual([])
  held.push(await heldBytes())
  await broker.close()
  // The first fifth is compiled codecs and full caches; any later sample may have been a high one.
  const settled = Math.min(...held.slice(SAMPLES_OF_MEMORY / 5))
  expect((held.at(-1) ?? Number.NaN) - settled).toBeLessThan(GROWTH_BYTES_MAX)
})

/** The broker's heap is measured so many times on the way. */
const SAMPLES_OF_MEMORY = 20

function topicIdsOf(broker: TestBroker): readonly string[] {
  const topics = broker.tenants.get(broker.second.id)?.topics.list() ?? []
  return [ZERO_UUID, ...topics.map(({ id }) => id)]
}

interface Attack {
  readonly socket: Socket
  left: number
}

/** Sends one frame on the socket, or on a new one where that has ended or is used up. */
async function attack(
  broker: TestBroker,
  open: Attack | null,
  frames: ReturnType<typeof createFuzzFrames>,
): Promise<Attack> {
  let current = open
  if (current === null || current.left === 0 || !current.socket.writable) {
    current?.socket.destroy()
    current = { socket: await dialAs(broker, frames.nextSignsIn()), left: FRAMES_PER_SOCKET }
  }
  current.left -= 1
  current.socket.write(frames.next())
  return current
}

async function dialAs(broker: TestBroker, signsIn: boolean): Promise<Socket> {
  const socket = await broker.dial()
  if (signsIn) {
    await createClient(socket).authenticate(broker.second.key, broker.second.secret)
    socket.removeAllListeners('data')
  }
  socket.resume()
  return socket
}

async function expectServing(client: KafkaClient, value: string): Promise<void> {
  const produced = await client.send(Produce, PRODUCE_VERSION, produceRequest('canary', 0, [value]))
  const written = produced.responses[0]?.partitionResponses[0]
  expect(written?.errorCode).toBe(0)
  const partition = { partition: 0, fetchOffset: written?.baseOffset ?? -1, partitionMaxBytes: 1e6 }
  const fetched = await client.send(Fetch, 11, {
    maxWaitMs: 100,
    minBytes: 1,
    maxBytes: 1e6,
    sessionEpoch: -1,
    topics: [{ topic: 'canary', partitions: [partition] }],
    forgottenTopicsData: [],
  })
  const records = Buffer.concat([...(fetched.responses[0]?.partitions[0]?.records ?? [])])
  expect(records.includes(value)).toBe(true)
}

/** Bytes that are still reachable after full collections, buffers outside the heap included. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  let least = Number.POSITIVE_INFINITY
  // What one collection finds dead may free its buffers only in a later turn.
  for (let round = 0; round < 5; round++) {
    await nextTurn()
    if (typeof collect === 'function') collect()
    const { heapUsed, external } = process.memoryUsage()
    least = Math.min(least, heapUsed + external)
  }
  return least
}
