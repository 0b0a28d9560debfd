import { connect as connectTls } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { batchOf, granted } from '../log/testing/open-log.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { Storage } from '../storage/storage.ts'
import { dialPort, startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const partitionCount = 10
/** Of about 250 kB, so that a partition is more than is read ahead of anybody. */
const batchCount = 14
const topics = [{ name: 'rides', partitions: partitionCount }]
let broker: TestBroker | undefined
afterEach(() => broker?.close())

/** Memory that outlives a broker, and gives what is read away as storage in a thread does. */
function givingStorage() {
  const { catalogue, log } = openMemoryStorage()
  const given: ArrayBuffer[] = []
  const storage: Storage = {
    catalogue,
    log: {
      ...log,
      givesBytesAway: true,
      write: ({ chunks, partitions }) =>
        log.write({
          chunks: chunks.map((chunk) => ({ ...chunk, bytes: Uint8Array.from(chunk.bytes) })),
          partitions,
        }),
      async read(...place) {
        const chunks = await log.read(...place)
        const memory = new Uint8Array(chunks.reduce((sum, { bytes }) => sum + bytes.length, 0))
        given.push(memory.buffer)
        let end = 0
        return chunks.map((chunk) => {
          memory.set(chunk.bytes, end)
          end += chunk.bytes.length
          return { ...chunk, bytes: memory.subarray(end - chunk.bytes.length, end) }
        })
      },
    },
    async close() {},
  }
  return { storage, given }
}

/** Every partition's bytes, as they are stored; the broker that takes them is gone again. */
async function writtenBy(storage: Storage): Promise<readonly Buffer[]> {
  const writer = await startTestBroker({ storage, first: { topics } })
  const logs = writer.tenants.get(writer.first.id)?.topics.byName('rides')?.partitions ?? []
  const stored: Buffer[] = []
  for (const [partition, log] of logs.entries()) {
    for (let batch = 0; batch < batchCount; batch++) {
      const values = [`${partition}:${batch};`.repeat(60_000)]
      granted(await log.append(batchOf({ values }, Date.now())))
    }
    const chunks = await storage.log.read(log.partitionId, 0, Number.MAX_SAFE_INTEGER)
    stored.push(Buffer.concat(chunks.map(({ bytes }) => bytes)))
  }
  await writer.close()
  return stored
}

/** One answer about some partitions, from their beginnings: the bytes of each. */
async function fetchFirst(client: KafkaClient, partitions: readonly number[]) {
  const { responses } = await client.send(Fetch, 12, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 50_000_000,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        topic: 'rides',
        partitions: partitions.map((partition) => ({
          partition,
          fetchOffset: 0,
          partitionMaxBytes: 50_000_000,
        })),
      },
    ],
  })
  return responses[0]?.partitions.map(({ records }) => Buffer.concat(records ?? [])) ?? []
}

const all = Array.from({ length: partitionCount }, (_, partition) => partition)

it.each(['plaintext', 'TLS'])(
  'a client that reads late gets what it asked for, whatever was freed meanwhile, by %s',
  async (protocol) => {
    const { storage, given } = givingStorage()
    const stored = await writtenBy(storage)
    // Another broker, because this one has an empty cache.
    const started = await startTestBroker({ storage, first: { topics } })
    broker = started
    const plain = await dialPort(started.ports[0] ?? 0)
    const socket =
      protocol === 'TLS' ? connectTls({ socket: plain, rejectUnauthorized: false }) : plain
    const late = createClient(socket, { clientId: 'late' })
    await late.authenticate(started.first.key, started.first.secret)
    given.length = 0

    socket.pause()
    const answer = fetchFirst(late, all.slice(0, 8))
    const other = await started.connect()
    for (let round = 0; round < 3; round++) {
      for (const partition of all) {
        const [bytes] = await fetchFirst(other, [partition])
        expect(bytes?.length).toBeGreaterThan(0)
        expect(bytes?.equals(stored[partition]?.subarray(0, bytes.length) ?? bytes)).toBe(true)
      }
    }
    // Memory that was moved away is empty.
    expect(given.filter(({ byteLength }) => byteLength === 0).length).toBeGreaterThan(10)
    socket.resume()
    const found = await answer
    expect(found.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(6_000_000)
    for (const [partition, bytes] of found.entries()) {
      expect(bytes.equals(stored[partition]?.subarray(0, bytes.length) ?? bytes)).toBe(true)
    }
  },
)

it('the memory of an answer that nobody took is freed as well', async () => {
  const { storage, given } = givingStorage()
  await writtenBy(storage)
  const started = await startTestBroker({ storage, first: { topics } })
  broker = started
  const socket = await started.dial()
  const gone = createClient(socket, { clientId: 'gone' })
  await gone.authenticate(started.first.key, started.first.secret)
  given.length = 0
  socket.pause()
  const answer = fetchFirst(gone, all.slice(0, 4)).catch(() => 'gone')
  const other = await started.connect()
  await fetchFirst(other, all)
  const first = given.slice(0, 4)
  socket.destroy()
  expect(await answer).toBe('gone')
  while (first.some(({ byteLength }) => byteLength > 0)) {
    for (const partition of all) await fetchFirst(other, [partition])
  }
})
