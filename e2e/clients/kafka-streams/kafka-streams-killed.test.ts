import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import { type FollowedTopics, followTopics } from '../jvm/followed-topics.ts'
import { type JavaHost, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'
import { asStream, asTable, committedAll, produceAt, uncommitted } from './streams-topics.ts'
import { countsOf, entries, type InputRecord } from './topologies.ts'

/**
 * Streams applications that are killed with SIGKILL and started again. They promise to process at
 * least once: nothing is lost, what had not been committed may count twice, and nothing else does.
 */
const rows = javaRows('kafka-streams')
const keys = ['186', '74', '1', '2', '263']
const perPhase = 4_000
const perPiece = 200

let product: JavaProduct
let admin: Admin

beforeAll(async () => {
  if (quick || rows.every(({ jars }) => jars === null)) return
  product = await startJavaProduct('killed')
  admin = kafkajsWithKey(product.key).admin()
  await admin.connect()
})
afterAll(async () => {
  await admin?.disconnect()
  await product?.stop()
})

describe.skipIf(quick).each(rows)('$title, killed', ({ version, jars }) => {
  const hosts: JavaHost[] = []
  afterAll(() => Promise.all(hosts.map((host) => host.kill())))

  const [counting, joining] = [`CountByKey-${version}`, `StreamJoin-${version}`]
  const [counted, counts] = [`${counting}-in`, `${counting}-out`]
  const [rides, pickups, pairs] = [`${joining}-rides`, `${joining}-pickups`, `${joining}-out`]
  const stateOf = (application: string) => join(product.folder, application)

  /** Commits so seldom that there is something to do again after a kill. */
  function start(): JavaHost {
    const host = startHost(jars ?? '', product.trust, 384)
    hosts.push(host)
    const common = {
      properties: product.properties.tls,
      with: { 'commit.interval.ms': '2000' },
    }
    for (const application of [counting, joining]) {
      const [program = ''] = application.split('-')
      host.start(program, { ...common, application, state: stateOf(application) })
    }
    return host
  }

  async function everythingCommitted() {
    await committedAll(admin, counting, [counted])
    await committedAll(admin, joining, [rides, pickups])
  }

  async function countsAreIn(seen: FollowedTopics): Promise<ReadonlyMap<string, number>> {
    const ends = await admin.fetchTopicOffsets(counts)
    const end = ends.reduce((sum, { high }) => sum + Number(high), 0)
    await seen.until(
      () => seen.of(counts).length >= end,
      () => `${seen.of(counts).length} of ${end} counts`,
    )
    const pairsOf = asTable(seen.of(counts)).map((entry) => entry.split('='))
    return new Map(pairsOf.map(([key = '', count]) => [key, Number(count)]))
  }

  it.skipIf(jars === null)(
    'loses nothing, and repeats only what it had not committed',
    async () => {
      await admin.createTopics({
        topics: [counted, counts, rides, pickups, pairs].map((topic) => ({
          topic,
          numPartitions: 2,
        })),
      })
      const seen = await followTopics(product.key, [counts, pairs])
      try {
        const first = start()
        await produceAt(product.key, rides, trips('ride'))
        await produceAt(product.key, pickups, trips('pickup'))
        const feeding = feed(counted)
        await seen.until(
          () => seen.of(counts).length >= perPhase / 4,
          () => `${seen.of(counts).length} counts before the kill`,
        )
        await first.kill()
        const repeatedAtMost = await uncommitted(admin, counting, [counted])
        expect(repeatedAtMost).toBeGreaterThan(0)
        await feeding

        const second = start()
        await everythingCommitted()
        const atLeast = countsOf(phase().map(({ key }) => key))
        const told = await countsAreIn(seen)
        for (const [key, count] of atLeast) expect(told.get(key)).toBeGreaterThanOrEqual(count)
        expect(total(told) - total(atLeast)).toBeLessThanOrEqual(repeatedAtMost)
        const paired = () => [...new Set(asStream(seen.of(pairs)))]
        const all = trips('').map(({ key }) => `${key}=ride+pickup`)
        await seen.until(
          () => String(paired()) === String(all.sort()),
          () => `${paired().length} of ${all.length} pairs`,
        )

        // All is committed now, and what the counts were is known to the broker alone.
        await second.kill()
        for (const application of [counting, joining])
          rmSync(stateOf(application), { recursive: true })
        await feed(counted)
        start()
        const exactly = entries(
          new Map([...told].map(([key, n]) => [key, n + (atLeast.get(key) ?? 0)])),
        )
        await seen.until(
          () => String(asTable(seen.of(counts))) === String(exactly),
          () => `counts ${asTable(seen.of(counts))}, expected ${exactly}`,
        )
      } finally {
        await seen.close()
      }
    },
  )
})

/** One location each, so that each ride has one pickup. */
function trips(what: string): readonly InputRecord[] {
  return Array.from({ length: 200 }, (_, index) => ({
    key: `l${index}`,
    value: `l${index}:${what}`,
    timestampMs: Date.now(),
  }))
}

function phase(): readonly InputRecord[] {
  return Array.from({ length: perPhase }, (_, index) => ({
    key: keys[(index * index) % keys.length] ?? '',
    value: `${index}`,
    timestampMs: Date.now(),
  }))
}

/** Piece by piece, so that there is always more to come while the application runs. */
async function feed(topic: string): Promise<void> {
  const records = phase()
  for (let at = 0; at < records.length; at += perPiece) {
    await produceAt(product.key, topic, records.slice(at, at + perPiece))
  }
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
