import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { CreateTopics } from '../protocol/messages/create-topics.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { gatedStorage } from '../testing/gated-storage.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker | undefined

afterEach(() => broker?.close())

const first = { topics: [{ name: 'rides', partitions: 1 }] }

function fetchFromEnd(maxWaitMs: number) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }]
  return {
    maxWaitMs,
    minBytes: 1,
    maxBytes: 1000,
    sessionEpoch: -1,
    topics: [{ topic: 'rides', partitions }],
    forgottenTopicsData: [],
  }
}

describe('an answer that does not come', () => {
  it('ends its connection after 30 s, with a line that names the request and the client', async () => {
    const clock = createFakeClock()
    const { storage, writes, open } = gatedStorage('topics')
    broker = await startTestBroker({ clock, storage })
    const [stuck, other] = [await broker.connect(), await broker.connect()]
    const topic = { name: 'rides', numPartitions: 1, replicationFactor: 3 }
    const topics = [{ ...topic, assignments: [], configs: [] }]
    const lost = stuck.send(CreateTopics, 4, { topics, timeoutMs: 1000, validateOnly: false })
    lost.catch(() => {})
    while (writes() === 0) await nextTurn()
    clock.advance(29_000)
    expect((await other.send(Metadata, 1, { topics: null })).topics).toEqual([])
    clock.advance(2000)
    await expect(lost).rejects.toThrow('The connection ended')
    const line = await broker.logged(/waited too long for the answer to CreateTopics v4/)
    expect(line).toContain(`User:${broker.first.key}, ${broker.first.id}, client id test`)
    expect((await other.send(Metadata, 1, { topics: null })).topics).toEqual([])
    open()
  })

  it('may take as much longer as the request asked to wait', async () => {
    const clock = createFakeClock()
    broker = await startTestBroker({ clock, first })
    const client = await broker.connect()
    const answer = client.send(Fetch, 11, fetchFromEnd(120_000))
    const producer = await broker.connect()
    clock.advance(100_000)
    await producer.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['late']))
    expect((await answer).responses[0]?.partitions[0]?.highWatermark).toBe(1)
  })
})

describe('stopping', () => {
  it('lets go of what is parked and takes nothing more', async () => {
    broker = await startTestBroker({ first })
    const client = await broker.connect()
    const parked = client.send(Fetch, 11, fetchFromEnd(600_000))
    // A second connection is answered only after the first request has been read and parked.
    await (await broker.connect()).send(Metadata, 1, { topics: null })
    await broker.close()
    expect((await parked).errorCode).toBe(0)
    await client.closed
    await expect(broker.dial()).rejects.toThrow('ECONNREFUSED')
  })

  it('waits for what was appended to be stored, and answers it', async () => {
    const { storage, writes, open } = gatedStorage()
    broker = await startTestBroker({ storage, first })
    const client = await broker.connect()
    const answer = client.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['x']))
    while (writes() === 0) await nextTurn()
    const closed = broker.close()
    open()
    expect((await answer).responses[0]?.partitionResponses[0]).toMatchObject({ errorCode: 0 })
    await closed
  })
})
