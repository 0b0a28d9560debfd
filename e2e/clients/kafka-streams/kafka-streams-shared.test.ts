import { join } from 'node:path'
import { type Admin, AssignerProtocol } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import { followTopics } from '../jvm/followed-topics.ts'
import { type JavaHost, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'
import { countsAreIn, countsOfPhase, feed, perPhase, repeated } from './phases.ts'
import { committedAll, uncommitted } from './streams-topics.ts'

/** One application in two JVMs, by Streams' own assignor: they share its work until one is killed. */
const rows = javaRows('kafka-streams')

let product: JavaProduct
let admin: Admin

beforeAll(async () => {
  if (quick || rows.every(({ jars }) => jars === null)) return
  product = await startJavaProduct('shared')
  admin = kafkajsWithKey(product.key).admin()
  await admin.connect()
})
afterAll(async () => {
  await admin?.disconnect()
  await product?.stop()
})

describe.skipIf(quick).each(rows)('$title, shared', ({ version, jars }) => {
  const hosts: JavaHost[] = []
  afterAll(() => Promise.all(hosts.map((host) => host.kill())))

  const application = `shared-${version}`
  const [counted, counts] = [`${application}-in`, `${application}-out`]

  function start(instance: string): JavaHost {
    const host = startHost(jars ?? '', product.trust, 256)
    hosts.push(host)
    host.start('CountByKey', {
      properties: product.properties.tls,
      with: { 'commit.interval.ms': '1000' },
      application,
      state: join(product.folder, `${application}-${instance}`),
    })
    return host
  }

  /** Resolves once each of so many members has partitions to work on. */
  async function sharedBy(count: number): Promise<void> {
    const deadline = Date.now() + 60_000
    for (;;) {
      const { groups } = await admin.describeGroups([application])
      const members = groups[0]?.members ?? []
      const partitions = members.map(({ memberAssignment }) =>
        memberAssignment.length === 0
          ? []
          : (AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[counted] ?? []),
      )
      const isShared = partitions.length === count && partitions.every(({ length }) => length > 0)
      if (isShared && groups[0]?.state === 'Stable') return
      if (Date.now() > deadline) throw new Error(`Shared so: ${JSON.stringify(partitions)}`)
    }
  }

  it.skipIf(jars === null)('is carried on by one instance when the other is killed', async () => {
    const topics = [counted, counts].map((topic) => ({ topic, numPartitions: 2 }))
    await admin.createTopics({ topics })
    const seen = await followTopics(product.key, [counts])
    try {
      const dying = start('dying')
      start('staying')
      await sharedBy(2)
      const feeding = feed(product.key, counted)
      await seen.until(
        () => seen.of(counts).length >= perPhase / 4,
        () => `${seen.of(counts).length} counts before the kill`,
      )
      await dying.kill()
      const repeatedAtMost = await uncommitted(admin, application, [counted])
      await feeding
      await sharedBy(1)
      await committedAll(admin, application, [counted])
      const told = await countsAreIn(seen, admin, counts)
      expect(repeated(told, countsOfPhase)).toBeGreaterThanOrEqual(0)
      expect(repeated(told, countsOfPhase)).toBeLessThanOrEqual(repeatedAtMost)
    } finally {
      await seen.close()
    }
  })
})
