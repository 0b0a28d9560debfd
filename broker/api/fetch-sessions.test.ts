import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

/** Incremental fetch sessions (KIP-227). */
const clock = createFakeClock()
let broker: TestBroker
let client: KafkaClient

beforeEach(async () => {
  const topics = ['rides', 'walks'].map((name) => ({ name, partitions: 3 }))
  broker = await startTestBroker({ clock, first: { topics }, second: { topics } })
  client = await broker.connect()
})
afterEach(() => broker.close())

/** `topic-partition` and the offset to read from. */
type Positions = Readonly<Record<string, number>>

interface Asked {
  readonly session?: readonly [id: number, epoch: number]
  readonly forget?: readonly string[]
  readonly version?: number
  readonly by?: KafkaClient
  readonly maxWaitMs?: number
  readonly partitionMaxBytes?: number
}

async function fetch(positions: Positions, asked: Asked = {}) {
  const { session = [0, -1], forget = [], version = 12, by = client } = asked
  const [sessionId, sessionEpoch] = session
  const answer = await by.send(Fetch, version, {
    maxWaitMs: asked.maxWaitMs ?? 0,
    minBytes: 1,
    sessionId,
    sessionEpoch,
    topics: Object.entries(positions).map(([name, fetchOffset]) => {
      const { partition, ...topic } = split(name)
      const partitionMaxBytes = asked.partitionMaxBytes ?? 1_000_000
      return { ...topic, partitions: [{ partition, fetchOffset, partitionMaxBytes }] }
    }),
    forgottenTopicsData: forget.map((name) => {
      const { partition, ...topic } = split(name)
      return { ...topic, partitions: [partition] }
    }),
  })
  const told = answer.responses.flatMap(({ topic, topicId, partitions }) =>
    partitions.map(({ partitionIndex, records, ...rest }) => {
      const name = version < 13 ? topic : tenant().topics.nameOf(topicId)
      const bytes = Buffer.concat(records ?? []).toString('base64')
      const key: string = `${name}-${partitionIndex}`
      return [key, { ...rest, bytes }] as const
    }),
  )
  return { errorCode: answer.errorCode, sessionId: answer.sessionId, told: new Map(told) }
}

function split(name: string) {
  const [topic = '', partition] = name.split('-')
  return { topic, topicId: tenant().topics.idOf(topic) ?? '', partition: Number(partition) }
}

function tenant() {
  const found = broker.tenants.get(broker.first.id)
  if (found === undefined) throw new Error('The broker was started with this tenant.')
  return found
}

function log(name: string) {
  const { topic, partition } = split(name)
  const found = tenant().topics.byName(topic)?.partitions[partition]
  if (found === undefined) throw new Error(`There is no partition ${name}.`)
  return found
}

const append = async (name: string, value = 'a') =>
  granted(await log(name).append(batchOf({ values: [value] }, clock.nowMs())))

async function open(positions: Positions, asked: Asked = {}): Promise<number> {
  const { sessionId } = await fetch(positions, { ...asked, session: [0, 0] })
  expect(sessionId).toBeGreaterThan(0)
  return sessionId
}

const names = ({ told }: Awaited<ReturnType<typeof fetch>>) => [...told.keys()]

describe('a fetch session', () => {
  it('is opened with a full answer, and then tells only what changed', async () => {
    await append('rides-0')
    const first = await fetch({ 'rides-0': 0, 'rides-1': 0, 'walks-0': 0 }, { session: [0, 0] })
    expect(names(first)).toEqual(['rides-0', 'rides-1', 'walks-0'])
    const id = first.sessionId
    const idle = await fetch({ 'rides-0': 1 }, { session: [id, 1] })
    expect(idle).toMatchObject({ errorCode: 0, sessionId: id })
    expect(names(idle)).toEqual([])
    await append('rides-1')
    expect(names(await fetch({}, { session: [id, 2] }))).toEqual(['rides-1'])
    // The client has read it, and says so.
    expect(names(await fetch({ 'rides-1': 1 }, { session: [id, 3] }))).toEqual([])
    granted(await log('rides-0').deleteRecords(1))
    const moved = await fetch({}, { session: [id, 4] })
    expect(moved.told.get('rides-0')).toMatchObject({ logStartOffset: 1, highWatermark: 1 })
    expect(names(moved)).toEqual(['rides-0'])
  })

  it('tells an error every time, and what comes after it', async () => {
    await append('rides-0')
    const id = await open({ 'rides-0': 1, 'rides-1': 0 })
    const outOfRange = errorCode('OFFSET_OUT_OF_RANGE')
    for (const epoch of [1, 2]) {
      const answer = await fetch({ 'rides-0': 7 }, { session: [id, epoch] })
      expect(answer.told.get('rides-0')?.errorCode).toBe(outOfRange)
      expect(names(answer)).toEqual(['rides-0'])
    }
    expect(names(await fetch({ 'rides-0': 1 }, { session: [id, 3] }))).toEqual(['rides-0'])
    expect(names(await fetch({}, { session: [id, 4] }))).toEqual([])
  })

  it('forgets partitions, and is over without any', async () => {
    const id = await open({ 'rides-0': 0, 'rides-1': 0 })
    await append('rides-0')
    await append('rides-1')
    const less = await fetch({}, { session: [id, 1], forget: ['rides-0', 'walks-2'] })
    expect(names(less)).toEqual(['rides-1'])
    const over = await fetch({}, { session: [id, 2], forget: ['rides-1'], maxWaitMs: 60_000 })
    expect(over).toEqual({ errorCode: 0, sessionId: 0, told: new Map() })
    expect(tenant().fetchSessions.size).toBe(0)
  })

  it('lets what had records wait for the others the next time', async () => {
    for (const name of ['rides-0', 'rides-1', 'walks-0']) await append(name)
    const id = await open({ 'rides-0': 0, 'rides-1': 0, 'walks-0': 0 }, { partitionMaxBytes: 1 })
    const found: string[] = []
    for (const epoch of [1, 2, 3]) {
      const { told } = await fetch({}, { session: [id, epoch] })
      found.push(...[...told].filter(([, { bytes }]) => bytes !== '').map(([name]) => name))
    }
    expect(found.sort()).toEqual(['rides-0', 'rides-1', 'walks-0'])
  })

  it('parks an incremental fetch until something is stored', async () => {
    const id = await open({ 'rides-0': 0, 'rides-1': 0 })
    const answer = fetch({}, { session: [id, 1], maxWaitMs: 60_000 })
    while (log('rides-1').waiters.size === 0) await new Promise(setImmediate)
    await append('rides-1')
    expect(names(await answer)).toEqual(['rides-1'])
  })

  it('goes by topic ids from version 13 on, and says when its topic is gone', async () => {
    await append('rides-0')
    const id = await open({ 'rides-0': 1, 'walks-0': 0 }, { version: 13 })
    const mixed = await fetch({}, { session: [id, 1], version: 12 })
    expect(mixed.errorCode).toBe(errorCode('FETCH_SESSION_TOPIC_ID_ERROR'))
    await tenant().topics.delete([{ name: 'rides' }])
    const answer = await fetch({}, { session: [id, 1], version: 18 })
    expect([...answer.told.values()]).toMatchObject([{ errorCode: errorCode('UNKNOWN_TOPIC_ID') }])
  })
})

describe('the bookkeeping of sessions', () => {
  const notFound = errorCode('FETCH_SESSION_ID_NOT_FOUND')
  const badEpoch = errorCode('INVALID_FETCH_SESSION_EPOCH')

  it('refuses what is not the next request of a session', async () => {
    const id = await open({ 'rides-0': 0 })
    for (const epoch of [2, 3, -2]) {
      expect(await fetch({}, { session: [id, epoch] })).toMatchObject({ errorCode: badEpoch })
    }
    expect(await fetch({}, { session: [id, 1] })).toMatchObject({ errorCode: 0, sessionId: id })
    expect(await fetch({}, { session: [id, 1] })).toEqual({
      errorCode: badEpoch,
      sessionId: 0,
      told: new Map(),
    })
    expect(await fetch({}, { session: [id + 1, 2] })).toMatchObject({ errorCode: notFound })
    expect(await fetch({}, { session: [0, 5] })).toMatchObject({ errorCode: notFound })
  })

  it('closes a session by epoch -1, and replaces it by epoch 0', async () => {
    const first = await open({ 'rides-0': 0 })
    const { sessionId: second } = await fetch({ 'rides-0': 0 }, { session: [first, 0] })
    expect(second).not.toBe(first)
    expect(await fetch({}, { session: [first, 1] })).toMatchObject({ errorCode: notFound })
    expect(tenant().fetchSessions.size).toBe(1)
    const closed = await fetch({ 'rides-0': 0 }, { session: [second, -1] })
    expect(closed).toMatchObject({ errorCode: 0, sessionId: 0 })
    expect(names(closed)).toEqual(['rides-0'])
    expect(tenant().fetchSessions).toMatchObject({ size: 0, partitionCount: 0 })
  })

  it('keeps one for a client that opens another with every fetch', async () => {
    const ids = new Set<number>()
    for (let i = 0; i < 5; i++) ids.add(await open({ 'rides-0': 0, 'rides-1': 0 }))
    expect(ids.size).toBe(5)
    expect(tenant().fetchSessions).toMatchObject({ size: 1, partitionCount: 2 })
    await open({ 'rides-0': 0 }, { by: await broker.connect() })
    expect(tenant().fetchSessions).toMatchObject({ size: 2, partitionCount: 3 })
  })

  it('makes none for versions without sessions, outside of one, and for nothing', async () => {
    expect(await fetch({ 'rides-0': 0 }, { version: 6 })).toMatchObject({ sessionId: 0 })
    expect(await fetch({ 'rides-0': 0 })).toMatchObject({ sessionId: 0 })
    expect(await fetch({}, { session: [0, 0], maxWaitMs: 60_000 })).toMatchObject({ sessionId: 0 })
    expect(tenant().fetchSessions.size).toBe(0)
  })

  it('serves the session of a client that connected anew', async () => {
    const id = await open({ 'rides-0': 0 })
    const again = await broker.connect()
    client.close()
    expect(await fetch({}, { session: [id, 1], by: again })).toMatchObject({ sessionId: id })
  })

  it('knows no session of another tenant, and closes none', async () => {
    await append('rides-0')
    const id = await open({ 'rides-0': 1 })
    const stranger = await broker.connect({ cluster: broker.second })
    const asStranger = (epoch: number) => fetch({}, { session: [id, epoch], by: stranger })
    expect(await asStranger(1)).toMatchObject({ errorCode: notFound, told: new Map() })
    expect(await asStranger(-1)).toMatchObject({ errorCode: 0, told: new Map() })
    expect(await asStranger(0)).toMatchObject({ errorCode: 0, told: new Map() })
    expect(await fetch({}, { session: [id, 1] })).toMatchObject({ errorCode: 0, sessionId: id })
  })
})

const partition = fc.constantFrom('rides-0', 'rides-1', 'walks-0')
const step = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), partition }),
  fc.record({ kind: fc.constant('deleteRecords' as const), partition }),
  fc.record({ kind: fc.constant('forget' as const), partition }),
  fc.record({
    kind: fc.constant('seek' as const),
    partition,
    fromEnd: fc.constantFrom(0, 0, 0, -1, 1),
  }),
  fc.record({ kind: fc.constant('fetch' as const) }),
)

it('told a step at a time, a session knows what a full fetch tells', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 60 }),
      fc.constantFrom(12, 18),
      async (steps, version) => {
        const wanted = new Map([['rides-0', 0]])
        const { sessionId, told } = await fetch({ 'rides-0': 0 }, { version, session: [0, 0] })
        const known = new Map(told)
        const changed = new Map<string, number>()
        const forgotten = new Set<string>()
        let epoch = 1
        for (const each of [...steps, { kind: 'fetch' as const }]) {
          if (each.kind === 'append') await append(each.partition)
          if (each.kind === 'deleteRecords') granted(await log(each.partition).deleteRecords(-1))
          if (each.kind === 'seek') {
            const offset = Math.max(0, log(each.partition).highWatermark + each.fromEnd)
            wanted.set(each.partition, offset)
            changed.set(each.partition, offset)
            forgotten.delete(each.partition)
          }
          if (each.kind === 'forget' && each.partition !== 'rides-0') {
            if (wanted.delete(each.partition)) forgotten.add(each.partition)
            changed.delete(each.partition)
          }
          if (each.kind !== 'fetch') continue
          const session = [sessionId, epoch] as const
          const forget = [...forgotten]
          for (const name of forgotten) known.delete(name)
          const news = await fetch(Object.fromEntries(changed), { version, session, forget })
          expect(news).toMatchObject({ errorCode: 0, sessionId })
          // What is not told again is as before, and has no new records.
          for (const [name, before] of known) known.set(name, { ...before, bytes: '' })
          for (const [name, now] of news.told) known.set(name, now)
          changed.clear()
          forgotten.clear()
          epoch += 1
          const full = await fetch(Object.fromEntries(wanted), { version })
          expect(new Map([...known].sort())).toEqual(new Map([...full.told].sort()))
        }
        await fetch({}, { version, session: [sessionId, -1] })
      },
    ),
    { numRuns: 60 },
  )
})
