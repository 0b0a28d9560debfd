import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import { followTopics } from '../jvm/followed-topics.ts'
import { type JavaHost, type RunningProgram, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'
import { asStream, asTable, produceAt, purged } from './streams-topics.ts'
import { type Topology, topologies } from './topologies.ts'

/** Kafka Streams as a course uses it, by SASL_SSL with nothing but a key: every kind of topology. */
const rows = javaRows('kafka-streams')

let product: JavaProduct
let admin: Admin

beforeAll(async () => {
  if (rows.every(({ jars }) => jars === null)) return
  product = await startJavaProduct('streams')
  admin = kafkajsWithKey(product.key).admin()
  await admin.connect()
})
afterAll(async () => {
  await admin?.disconnect()
  await product?.stop()
})

describe.each(rows)('$title', ({ version, jars }) => {
  const hosts: JavaHost[] = []
  afterAll(() => Promise.all(hosts.map((host) => host.kill())))

  const prefixOf = ({ program }: Topology) => `${program}-${version}`
  const running = new Map<string, RunningProgram>()

  /** What comes out may be written by several tasks, so that it is compared in order. */
  it.skipIf(jars === null)('computes what it should, in every topology', async () => {
    for (const topology of topologies) await feed(topology, prefixOf(topology))
    const host = startHost(jars ?? '', product.trust, 512)
    hosts.push(host)
    for (const topology of topologies) {
      const application = prefixOf(topology)
      const state = join(product.folder, application)
      const options = { properties: product.properties.tls, application, state }
      running.set(topology.program, host.start(topology.program, options))
    }
    await Promise.all(
      topologies.map((topology) => {
        const given = givesWhatItShould(topology, prefixOf(topology))
        return running.get(topology.program)?.during(given)
      }),
    )
  })

  it.skipIf(jars === null || quick)('has its internal topics as it wants them', async () => {
    const { topics } = await admin.fetchTopicMetadata()
    const internal = topics.filter(
      ({ name }) => name.includes(`-${version}-`) && /-(changelog|repartition)$/.test(name),
    )
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: internal.map(({ name }) => ({ type: TOPIC, name })),
    })
    const kinds = resources.map(({ resourceName, configEntries }) => {
      const value = (wanted: string) =>
        configEntries.find(({ configName }) => configName === wanted)?.configValue ?? ''
      const [kind] = resourceName.split('-').slice(-1)
      const policy = value('cleanup.policy').split(',').sort().join()
      return kind === 'repartition' ? `${policy} in ${value('segment.bytes')}` : `keep ${policy}`
    })
    expect([...new Set(kinds)].sort()).toEqual([
      'delete in 52428800',
      'keep compact',
      'keep compact,delete',
      // What a join has seen within its window: every record counts, not only the last.
      'keep delete',
    ])
    for (const { partitions } of internal) {
      for (const { replicas } of partitions) expect(replicas).toHaveLength(3)
    }
  })

  it.skipIf(jars === null || quick)('follows the changes of tables', async () => {
    const prefix = `Tables-${version}`
    const updates = await followTopics(product.key, [`${prefix}-priced`, `${prefix}-zoned`])
    const change = (topic: string, key: string, value: string | null) =>
      produceAt(product.key, `${prefix}-${topic}`, [{ key, value, timestampMs: Date.now() }])
    const pricedIs = (...wanted: readonly string[]) =>
      updates.until(
        () => String(asTable(updates.of(`${prefix}-priced`))) === String(wanted),
        () => `prices: ${asTable(updates.of(`${prefix}-priced`))}`,
      )
    try {
      await change('zones', '1', 'Soho')
      await pricedIs('1=Soho at day', '74=East Harlem at night')
      await change('tariffs', '74', null)
      await pricedIs('1=Soho at day')
      await change('rides', '1', 'c:late')
      const zoned = () => asStream(updates.of(`${prefix}-zoned`))
      await updates.until(
        () => zoned().includes('1=c:late in Soho'),
        () => `zoned: ${zoned()}`,
      )
    } finally {
      await updates.close()
    }
  })

  it.skipIf(jars === null || quick)('purges what it has read of repartition topics', async () => {
    const prefix = `StreamJoin-${version}`
    const { topics } = await admin.fetchTopicMetadata()
    const names = topics.map(({ name }) => name)
    const repartitioned = names.filter(
      (name) => name.startsWith(prefix) && name.endsWith('-repartition'),
    )
    expect(repartitioned).toHaveLength(2)
    const more = { key: 'ride', value: '1:more', timestampMs: Date.now() }
    await purged(admin, repartitioned, async () => {
      await produceAt(product.key, `${prefix}-rides`, [more])
      await produceAt(product.key, `${prefix}-pickups`, [more])
    })
  })

  it.skipIf(jars === null)('ends as it should be ended', async () => {
    await Promise.all([...running.values()].map((each) => each.stop()))
    expect(running.size).toBe(topologies.length)
  })
})

/** ConfigResourceTypes.TOPIC of kafkajs, which exports it as a type alone. */
const TOPIC = 2

async function feed({ inputs, tables, streams }: Topology, prefix: string): Promise<void> {
  const topics = [inputs, tables, streams].flatMap((each) => Object.keys(each))
  await admin.createTopics({
    topics: topics.map((topic) => ({ topic: `${prefix}-${topic}`, numPartitions: 2 })),
  })
  for (const [topic, records] of Object.entries(inputs)) {
    await produceAt(product.key, `${prefix}-${topic}`, records)
  }
}

async function givesWhatItShould({ tables, streams }: Topology, prefix: string): Promise<void> {
  const wanted = { ...tables, ...streams }
  const outputs = await followTopics(
    product.key,
    Object.keys(wanted).map((topic) => `${prefix}-${topic}`),
  )
  const seen = () =>
    Object.fromEntries(
      Object.keys(wanted).map((topic) => {
        const records = outputs.of(`${prefix}-${topic}`)
        return [topic, topic in tables ? asTable(records) : asStream(records)]
      }),
    )
  try {
    await outputs.until(
      () => Object.entries(seen()).every(([topic, is]) => String(is) === String(wanted[topic])),
      () => `${prefix} gave ${JSON.stringify(seen())}, expected ${JSON.stringify(wanted)}`,
    )
  } finally {
    await outputs.close()
  }
}
