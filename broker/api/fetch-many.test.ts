import { afterEach, beforeEach, expect, it } from 'vitest'
import { batchOf, granted } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const partitionCount = 1000
let broker: TestBroker
let client: KafkaClient

beforeEach(async () => {
  broker = await startTestBroker({
    first: { topics: [{ name: 'rides', partitions: partitionCount }] },
  })
  client = await broker.connect()
})
afterEach(() => broker.close())

function logs() {
  return broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions ?? []
}

interface Asked {
  readonly session: readonly [number, number]
  /** Offsets by partition. */
  readonly offsets: Iterable<readonly [number, number]>
  readonly maxBytes: number
}

function fetch({ session: [sessionId, sessionEpoch], offsets, maxBytes }: Asked) {
  const partitions = [...offsets].map(([partition, fetchOffset]) => ({
    partition,
    fetchOffset,
    partitionMaxBytes: 1_000_000,
  }))
  return client.send(Fetch, 12, {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes,
    sessionId,
    sessionEpoch,
    topics: partitions.length === 0 ? [] : [{ topic: 'rides', partitions }],
  })
}

it('lets others go on while a thousand partitions are looked at', async () => {
  for (const log of logs().slice(0, partitionCount / 2)) {
    granted(await log.append(batchOf({ values: ['a'] }, Date.now())))
  }
  let turns = 0
  let isOver = false
  const takeTurns = () => {
    turns += 1
    if (!isOver) setImmediate(takeTurns)
  }
  const whole = logs().map((_, partition) => [partition, 0] as const)
  const answer = fetch({ session: [0, -1], offsets: whole, maxBytes: 1_000_000 })
  // The request is on its way to the broker, which is in this process.
  setImmediate(takeTurns)
  const { responses } = await answer
  isOver = true
  const counts = responses[0]?.partitions.map(({ records }) => (records?.length ?? 0) > 0) ?? []
  expect(counts).toEqual(whole.map(([partition]) => partition < partitionCount / 2))
  // The whole in one turn would leave them at about two.
  expect(turns).toBeGreaterThanOrEqual(5)
})

it('gives every partition its turn where an answer has room for few', async () => {
  const busy = 40
  const batchCount = 3
  let batchBytes = 0
  for (const log of logs().slice(0, busy)) {
    for (let batch = 0; batch < batchCount; batch++) {
      const bytes = batchOf({ values: ['x'.repeat(1000)] }, Date.now())
      batchBytes = bytes.length
      granted(await log.append(bytes))
    }
  }
  const offsets = new Map(logs().map((_, partition) => [partition, 0]))
  // Room for all batches of one partition and one of the next.
  const maxBytes = batchBytes * (batchCount + 1)
  let told = await fetch({ session: [0, 0], offsets, maxBytes })
  const seen = new Set<number>()
  let fetches = 1
  for (let epoch = 1; seen.size < busy; epoch++) {
    const moved = new Map<number, number>()
    for (const { partitionIndex, records } of told.responses[0]?.partitions ?? []) {
      const batches = (records ?? []).reduce((sum, { length }) => sum + length, 0) / batchBytes
      if (batches > 0) {
        seen.add(partitionIndex)
        // As a program that has more to do with what it got: the same records will be asked for again.
        moved.set(partitionIndex, 0)
      }
    }
    told = await fetch({ session: [told.sessionId, epoch], offsets: moved, maxBytes })
    fetches += 1
  }
  // Two of them in every answer; in the order of the request it would be the same two for ever.
  expect(fetches).toBeLessThanOrEqual(busy / 2 + 2)
})
