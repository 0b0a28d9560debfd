import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Admin, Consumer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkajsWithKey, produceWithKey } from '../../support/kafkajs-with-key.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { createTurnstile } from '../../support/turnstile.ts'
import { fetchJars, type Jars, spawnJava } from '../maven-jars.ts'

/**
 * Kafka Streams as a course uses it, with an API key and nothing else, on the oldest version that
 * courses have and on the newest. What needs compacted topics (changelogs) is not here.
 */
const versions = ['3.3.1', '4.3.1'] as const
const words = ['red', 'green', 'blue', 'gold', 'grey']
const perPhase = 200

const apiKey = { key: 'KAFKASTREAMS2345', secret: 'kafka-streams-secret' }
const folder = mkdtempSync(join(tmpdir(), 'tributary-kafka-streams-'))
const quick = process.env.QUICK === '1'
const jarsOf = new Map<string, Jars>(
  versions.map((version) => [
    version,
    quick
      ? { ok: false, reason: 'left out by --quick' }
      : fetchJars({
          pom: 'e2e/clients/kafka-streams/pom.xml',
          folder: `kafka-streams-${version}`,
          properties: { 'kafka.version': version },
          compiles: true,
        }),
  ]),
)

let product: Product | undefined
let admin: Admin
let keyFile: Parameters<typeof kafkajsWithKey>[0]
let properties: string

beforeAll(async () => {
  if (![...jarsOf.values()].some(({ ok }) => ok)) return
  const clusters = [{ name: 'streams', apiKeys: [apiKey] }]
  const preset = join(folder, 'preset.json')
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  product = await startProduct({ env: { TRIBUTARY_PRESET: preset } })
  const bootstrapServer = `localhost:${product.kafkaPorts[0]}`
  keyFile = { ...apiKey, bootstrapServer, clusterId: '' }
  admin = kafkajsWithKey(keyFile).admin()
  await admin.connect()
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  properties = join(folder, 'client.properties')
  const lines = [
    `bootstrap.servers=${bootstrapServer}`,
    'security.protocol=SASL_PLAINTEXT',
    'sasl.mechanism=PLAIN',
    `sasl.jaas.config=${login} username="${apiKey.key}" password="${apiKey.secret}";`,
  ]
  writeFileSync(properties, lines.join('\n'))
})

afterAll(async () => {
  await admin?.disconnect()
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(versions)('Kafka Streams %s', (version) => {
  const jars = jarsOf.get(version) ?? { ok: false, reason: 'unknown version' }
  const why = jars.ok ? '' : ` (skipped: ${jars.reason})`

  it.skipIf(!jars.ok)(
    `repartitions and counts, loses nothing when it is killed, and purges what it has read${why}`,
    async () => {
      const application = `words-${version.replaceAll('.', '-')}`
      const topics = ['in', 'out', 'counts'].map((end) => `${application}-${end}`)
      await admin.createTopics({
        topics: topics.map((topic) => ({ topic, numPartitions: 3 })),
      })
      const [input = '', output = '', counts = ''] = topics
      const seen = await follow(output)
      const counted = await follow(counts)
      const applications: ReturnType<typeof startApplication>[] = []
      const start = () => {
        const started = startApplication(jars.ok ? jars.folder : '', application)
        applications.push(started)
        return started
      }
      try {
        const first = start()
        await produceWithKey(keyFile, input, phase('a'))
        await seen.until((values) => values.size >= perPhase / 2, 'half of the first phase')
        await first.kill()
        await produceWithKey(keyFile, input, phase('b'))
        const second = start()
        await seen.until((values) => values.size === 2 * perPhase, 'both phases')
        const wanted = [...phase('a'), ...phase('b')].map(({ value }) => value)
        expect([...seen.values].sort()).toEqual(wanted.filter((value) => value !== 'skip').sort())
        await counted.until((values) => values.size > 0, 'a count')
        await purged(`${application}-by-word-repartition`, () =>
          produceWithKey(keyFile, input, phase('late')),
        )
        await second.stop()
      } finally {
        // No process may be left behind by a test that failed.
        await Promise.all(applications.map((each) => each.kill()))
        await Promise.all([seen.close(), counted.close()])
      }
    },
  )
})

function phase(name: string) {
  const kept = Array.from({ length: perPhase }, (_, i) => ({
    key: `k${i}`,
    value: `${words[i % words.length]}-${name}${i}`,
  }))
  return [...kept, ...kept.slice(0, 20).map(({ key }) => ({ key, value: 'skip' }))]
}

function startApplication(jars: string, application: string) {
  const state = join(folder, `state-${application}`)
  const program = 'e2e/clients/kafka-streams/Repartition.java'
  const java = spawnJava(jars, [program, properties, application, state])
  const ended = once(java, 'close')
  const complaints: string[] = []
  java.stdout.resume()
  createInterface({ input: java.stderr }).on('line', (line) => complaints.push(line))
  return {
    async kill() {
      java.kill('SIGKILL')
      await ended
    },
    /** Ends it as it should be ended, and wants it to have lived until then. */
    async stop() {
      java.stdin.end()
      const [code] = await ended
      expect(code, complaints.slice(-20).join('\n')).toBe(0)
    },
  }
}

/** Gathers the values of a topic from its beginning. */
async function follow(topic: string) {
  const values = new Set<string>()
  const turnstile = createTurnstile()
  const consumer: Consumer = kafkajsWithKey(keyFile).consumer({ groupId: `${topic}-reader` })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    async eachMessage({ message }) {
      values.add(String(message.value))
      turnstile.changed()
    },
  })
  return {
    values,
    until: (holds: (values: ReadonlySet<string>) => boolean, what: string) =>
      turnstile.until(
        () => holds(values),
        () => `${what} in ${topic}: ${values.size} values`,
        120_000,
      ),
    close: () => consumer.disconnect(),
  }
}

/**
 * Resolves when DeleteRecords has taken what is in a repartition topic now. Streams purges only along
 * with a commit, so that there has to be something to commit until then.
 */
async function purged(topic: string, feed: () => Promise<void>): Promise<void> {
  const before = await admin.fetchTopicOffsets(topic)
  const deadline = Date.now() + 60_000
  for (;;) {
    await feed()
    const now = await admin.fetchTopicOffsets(topic)
    const left = before.filter(({ partition, high }) => {
      const low = now.find((each) => each.partition === partition)?.low
      return Number(low) < Number(high)
    })
    if (left.length === 0) return
    if (Date.now() > deadline) throw new Error(`Not purged: ${JSON.stringify({ before, now })}`)
  }
}
