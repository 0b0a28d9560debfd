import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTurnstile } from '../../support/turnstile.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { quick, type Readiness, skipNote } from '../quick.ts'
import { groupPositions, offsetsOf, storedBytes } from './told.ts'
import { installTools, type KafkaTools, openTools } from './tools.ts'

/**
 * Kafka's tools that look at a cluster, configure it or load it, by SASL_PLAINTEXT with an API key.
 * Left out with `--quick`: some forty JVMs are started one after another.
 */
const installed = quick ? null : installTools()
const ready: Readiness = installed ?? { ok: false, reason: 'left out by --quick' }

let product: JavaProduct
let tools: KafkaTools

beforeAll(async () => {
  if (!installed?.ok) return
  product = await startJavaProduct('cluster')
  tools = openTools(installed.folder, {
    bootstrapServer: product.key.bootstrapServer,
    properties: product.properties.plaintext,
  })
  await topics('--create', '--topic', 'rides', '--partitions', '2')
  const input = Array.from({ length: 40 }, (_, i) => `k${i % 7}:v${i}\n`).join('')
  const keyed = ['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:']
  await tools.run('kafka-console-producer', ['--topic', 'rides', ...keyed], { input })
})
afterAll(() => product?.stop())

const topics = (...arguments_: string[]) => tools.run('kafka-topics', arguments_)

describe.skipIf(!ready.ok)(`Kafka's tools for clusters${skipNote(ready)}`, () => {
  it('kafka-configs sets and tells configs, and says that there are no quotas', async () => {
    const configs = (...arguments_: string[]) => tools.run('kafka-configs', arguments_)
    const rides = ['--entity-type', 'topics', '--entity-name', 'rides']
    await configs(...rides, '--alter', '--add-config', 'retention.ms=123456789')
    expect((await configs(...rides, '--describe')).join('\n')).toContain(
      'retention.ms=123456789 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=123456789, ',
    )
    await configs(...rides, '--alter', '--delete-config', 'retention.ms')
    expect((await configs(...rides, '--describe')).join('\n')).not.toContain('retention.ms')
    const broker = ['--entity-type', 'brokers', '--entity-name', '1']
    const ofBroker = await configs('--describe', '--all', ...broker)
    expect(ofBroker.join('\n')).toContain('default.replication.factor=3')
    for (const type of ['users', 'clients', 'groups', 'client-metrics']) {
      const told = await configs('--describe', '--entity-type', type)
      expect(told.filter((line) => /=/.test(line))).toEqual([])
    }
    const quota = ['--entity-type', 'clients', '--entity-name', 'me', '--add-config']
    const refused = await tools.run(
      'kafka-configs',
      ['--alter', ...quota, 'producer_byte_rate=1024'],
      { code: 1 },
    )
    expect(refused.join('\n')).toContain('This cluster enforces no quotas')
  })

  it('kafka-streams-application-reset forgets what an application has done', async () => {
    const internal = ['words-store-changelog', 'words-by-key-repartition']
    for (const topic of internal) await topics('--create', '--topic', topic)
    const whole = ['--topic', 'rides', '--from-beginning', '--max-messages', '40']
    await tools.run('kafka-console-consumer', [...whole, '--group', 'words'])
    const read = await groupPositions(tools, 'words')
    expect(read.reduce((sum, { current }) => sum + current, 0)).toBe(40)
    const application = ['--application-id', 'words', '--input-topics', 'rides']
    await tools.run('kafka-streams-application-reset', application)
    const reset = await groupPositions(tools, 'words')
    expect(reset.map(({ current, lag }) => `${current} ${lag}`)).toEqual(
      read.map(({ end }) => `0 ${end}`),
    )
    expect(await topics('--list')).toEqual(['rides'])
  })

  it('kafka-get-offsets, kafka-delete-records and kafka-log-dirs agree on what is stored', async () => {
    const ends = await offsetsOf(tools, 'rides', 'latest')
    expect(ends.reduce((sum, end) => sum + end, 0)).toBe(40)
    expect(await offsetsOf(tools, 'rides', 'earliest')).toEqual([0, 0])
    const [sizes = [], ...others] = await storedBytes(tools, 'rides')
    expect(others).toEqual([sizes, sizes])
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    const partitions = [
      { topic: 'rides', partition: 0, offset: -1 },
      { topic: 'rides', partition: 1, offset: 1 },
    ]
    const path = join(product.folder, 'delete.json')
    writeFileSync(path, JSON.stringify({ partitions, version: 1 }))
    const deleted = await tools.run('kafka-delete-records', ['--offset-json-file', path])
    expect(deleted).toContain(`partition: rides-0\tlow_watermark: ${ends[0]}`)
    expect(await offsetsOf(tools, 'rides', 'earliest')).toEqual([ends[0], 1])
    expect(await offsetsOf(tools, 'rides', 'latest')).toEqual(ends)
    const [left = []] = await storedBytes(tools, 'rides')
    expect(left[0]).toBe(0)
    expect(left[1]).toBeLessThanOrEqual(sizes[1] ?? 0)
  })

  it('kafka-leader-election and kafka-reassign-partitions find nothing to do', async () => {
    const election = ['--election-type', 'preferred', '--topic', 'rides', '--partition', '0']
    const elected = await tools.run('kafka-leader-election', election)
    expect(elected.join('\n')).toContain('Valid replica already elected for partitions rides-0')
    const listed = await tools.run('kafka-reassign-partitions', ['--list'])
    expect(listed).toContain('No partition reassignments found.')
  })

  it('both perf tests move every record', async () => {
    await topics('--create', '--topic', 'perf', '--partitions', '3')
    const [count, topic] = ['10000', ['--topic', 'perf', '--num-records', '10000']] as const
    const rate = ['--record-size', '1000', '--throughput', '-1']
    const produced = await tools.run('kafka-producer-perf-test', [...topic, ...rate])
    expect(produced.some((line) => line.startsWith(`${count} records sent, `))).toBe(true)
    const consumed = await tools.run('kafka-consumer-perf-test', topic)
    const moved = Number(consumed.at(-1)?.split(',')[4])
    expect(moved).toBeGreaterThanOrEqual(Number(count))
    const producers = ['describe-producers', '--topic', 'perf', '--partition', '0']
    const known = await tools.run('kafka-transactions', producers)
    expect(known.some((line) => /^\d+ *\t0 *\t-1 /.test(line))).toBe(true)
  })

  it('two verifiable consumers share what a verifiable producer writes', async () => {
    await topics('--create', '--topic', 'shared', '--partitions', '2')
    const turnstile = createTurnstile()
    const seen = new Map<string, number>()
    const assigned: number[] = [0, 0]
    const members = [0, 1].map((index) =>
      tools.start(
        'kafka-verifiable-consumer',
        ['--topic', 'shared', '--group-id', 'pair', '--reset-policy', 'earliest', '--verbose'],
        (line) => {
          const event = JSON.parse(line)
          if (event.name === 'partitions_assigned') assigned[index] = event.partitions.length
          if (event.name === 'partitions_revoked') assigned[index] = 0
          if (event.name === 'record_data') seen.set(event.value, (seen.get(event.value) ?? 0) + 1)
          turnstile.changed()
        },
      ),
    )
    try {
      await turnstile.until(
        () => assigned.join() === '1,1',
        () => `partitions of each member: ${assigned}`,
      )
      const write = ['--topic', 'shared', '--max-messages', '200']
      const produced = await tools.run('kafka-verifiable-producer', write)
      expect(produced.filter((line) => line.includes('producer_send_success'))).toHaveLength(200)
      await turnstile.until(
        () => seen.size === 200,
        () => `${seen.size} of 200 records consumed`,
      )
      expect([...seen.values()].every((times) => times === 1)).toBe(true)
    } finally {
      await Promise.all(members.map((member) => member.stop()))
    }
  })

  it('tells clusters, nodes and versions', async () => {
    const cluster = await tools.run('kafka-cluster', ['cluster-id'])
    expect(cluster).toEqual([`Cluster ID: ${product.key.clusterId}`])
    const versions = await tools.run('kafka-broker-api-versions', [])
    const nodes = versions.filter((line) => /^localhost:\d+ \(id: \d /.test(line))
    expect(nodes).toHaveLength(3)
    expect(versions.some((line) => /Produce\(0\): 0 to \d+ \[usable: \d+\]/.test(line))).toBe(true)
    const features = await tools.run('kafka-features', ['describe'])
    expect(features.filter((line) => line.startsWith('Feature:'))).toEqual([])
  })

  it('says in a sentence what there is not', async () => {
    const list = await tools.run('kafka-transactions', ['list'])
    expect(list).toHaveLength(1)
    expect(list[0]).toMatch(/^TransactionalId/)
    const acls = await tools.run('kafka-acls', ['--list'], { code: 1 })
    expect(acls.join('\n')).toContain('SecurityDisabledException: This cluster has no access rules')
    const status = ['describe', '--status']
    const quorum = await tools.run('kafka-metadata-quorum', status, { code: 1 })
    expect(quorum.join('\n')).toContain('DESCRIBE_QUORUM')
  })
})
