import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import { followTopics } from '../jvm/followed-topics.ts'
import { type JavaHost, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'
import { countsAreIn, countsOfPhase, feed, perPhase, repeated } from './phases.ts'
import { asStream, asTable, committedAll, produceAt, uncommitted } from './streams-topics.ts'
import { entries, type InputRecord } from './topologies.ts'

/**
 * Streams applications that are killed with SIGKILL and started again. They promise to process at
 * least once: nothing is lost, what had not been committed may count twice, and nothing else does.
 */
const rows = javaRows('kafka-streams')

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
        const feeding = feed(product.key, counted)
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
        const told = await countsAreIn(seen, admin, counts)
        expect(repeated(told, countsOfPhase)).toBeGreaterThanOrEqual(0)
        expect(repeated(told, countsOfPhase)).toBeLessThanOrEqual(repeatedAtMost)
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
        await feed(product.key, counted)
        start()
        const exactly = entries(
          new Map([...told].map(([key, n]) => [key, n + (countsOfPhase.get(key) ?? 0)])),
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
