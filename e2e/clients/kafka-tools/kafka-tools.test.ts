import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { murmur2Partition } from '../../../broker/rules/murmur2.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { createTurnstile } from '../../support/turnstile.ts'
import type { Jars } from '../jvm/maven-jars.ts'
import { installTools, type KafkaTools, openTools } from './tools.ts'

/**
 * The commands of any Kafka course, as Kafka's own tools run them, with an API key and nothing else.
 * Left out with `--quick`: some forty JVMs are started one after another.
 */
const installed: Jars =
  process.env.QUICK === '1' ? { ok: false, reason: 'left out by --quick' } : installTools()
if (!installed.ok) console.warn(`\n  Skipped: Kafka's tools, because ${installed.reason}\n`)

const apiKey = { key: 'KAFKATOOLS234567', secret: 'kafka-tools-secret' }
const folder = mkdtempSync(join(tmpdir(), 'tributary-kafka-tools-'))
let product: Product
let tools: KafkaTools

/** A file of the test's own, for tools that are told what to do by one. */
function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

beforeAll(async () => {
  if (!installed.ok) return
  const clusters = [{ name: 'tools', apiKeys: [apiKey] }]
  const preset = JSON.stringify({ environments: [{ name: 'default', clusters }] })
  product = await startProduct({ env: { TRIBUTARY_PRESET: file('preset.json', preset) } })
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  tools = openTools(installed.folder, {
    bootstrapServer: `localhost:${product.kafkaPorts[0]}`,
    properties: file(
      'client.properties',
      [
        'security.protocol=SASL_PLAINTEXT',
        'sasl.mechanism=PLAIN',
        `sasl.jaas.config=${login} username="${apiKey.key}" password="${apiKey.secret}";`,
      ].join('\n'),
    ),
  })
})

afterAll(async () => {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const title = installed.ok ? "Kafka's tools" : `Kafka's tools (skipped: ${installed.reason})`
describe.skipIf(!installed.ok)(title, () => {
  it('kafka-topics creates, describes, alters, lists and deletes', async () => {
    const create = ['--create', '--partitions', '2', '--config', 'retention.ms=86400000']
    const created = await topics([...create, '--topic', 'fresh'])
    expect(created).toContain('Created topic fresh.')
    const described = await topics(['--describe', '--topic', 'fresh'])
    expect(described[0]).toMatch(/PartitionCount: 2\tReplicationFactor: 3\t.*retention.ms=86400000/)
    const partitions = described.slice(1).map((line) => {
      const [, leader, replicas, isr] = /Leader: (\d)\tReplicas: (\S+)\tIsr: (\S+)/.exec(line) ?? []
      return { leader, replicas, isr }
    })
    expect(partitions).toHaveLength(2)
    for (const { leader, replicas, isr } of partitions) {
      expect(replicas?.split(',').sort()).toEqual(['1', '2', '3'])
      expect(replicas?.split(',')[0]).toBe(leader)
      expect(isr).toBe(replicas)
    }
    await topics(['--alter', '--topic', 'fresh', '--partitions', '4'])
    expect((await topics(['--describe', '--topic', 'fresh'])).slice(1)).toHaveLength(4)
    expect(await topics(['--describe', '--under-replicated-partitions'])).toEqual([])
    expect(await topics(['--list'])).toEqual(['fresh'])
    const again = await topics(['--create', '--topic', 'fresh'], 1)
    expect(again.join('\n')).toContain("Topic 'fresh' already exists.")
    await topics(['--delete', '--topic', 'fresh'])
    expect(await topics(['--list'])).toEqual([])
  })

  it('kafka-console-producer writes what kafka-console-consumer reads, in each group once', async () => {
    await topics(['--create', '--topic', 'rides', '--partitions', '2'])
    const keyed = ['parse.key=true', 'key.separator=:'].flatMap((each) => [READER, each])
    const records = Array.from({ length: 40 }, (_, i) => [`k${i % 7}`, `v${i}`] as const)
    await tools.run('kafka-console-producer', ['--topic', 'rides', ...keyed], {
      input: records.map(([key, value]) => `${key}:${value}\n`).join(''),
    })
    const shown = ['key', 'offset', 'partition'].flatMap((each) => [
      FORMATTER,
      `print.${each}=true`,
    ])
    const whole = ['--topic', 'rides', '--from-beginning', '--max-messages', '40']
    const read = rows(await tools.run('kafka-console-consumer', [...whole, ...shown]))
    expect(read.map(({ value }) => value).sort()).toEqual(records.map(([, value]) => value).sort())
    for (const { partition, key } of read) {
      expect(partition).toBe(murmur2Partition(Buffer.from(key), 2))
    }
    for (const group of ['first', 'second']) {
      const inGroup = await tools.run('kafka-console-consumer', [...whole, '--group', group])
      expect(inGroup.filter((line) => /^v\d+$/.test(line))).toHaveLength(40)
    }
  })

  it('kafka-consumer-groups tells state and lag, resets, and deletes', async () => {
    const groups = (...arguments_: string[]) => tools.run('kafka-consumer-groups', arguments_)
    const listed = await groups('--list')
    expect(listed).toEqual(expect.arrayContaining(['first', 'second']))
    const ofFirst = ['--group', 'first', '--topic', 'rides']
    const positions = async () =>
      (await groups('--describe', '--group', 'first'))
        .map((line) => /^first +rides +\d +(\S+) +\d+ +(\S+)/.exec(line))
        .flatMap((match) => (match === null ? [] : { current: match[1], lag: Number(match[2]) }))
    expect(await positions()).toMatchObject([{ lag: 0 }, { lag: 0 }])
    const before = await positions()
    await groups(...ofFirst, '--reset-offsets', '--to-earliest', '--dry-run')
    expect(await positions()).toEqual(before)
    await groups(...ofFirst, '--reset-offsets', '--to-earliest', '--execute')
    const after = await positions()
    expect(after.map(({ current }) => current)).toEqual(['0', '0'])
    expect(after.reduce((sum, { lag }) => sum + lag, 0)).toBe(40)
    await groups('--group', 'first', '--topic', 'rides:0', '--delete-offsets')
    expect(await positions()).toHaveLength(1)
    expect((await groups('--delete', '--group', 'first')).join()).toContain('successful')
    expect(await groups('--list')).not.toContain('first')
  })

  it('kafka-configs sets and tells configs, and says that there are no quotas', async () => {
    const configs = (...arguments_: string[]) => tools.run('kafka-configs', arguments_)
    const rides = ['--entity-type', 'topics', '--entity-name', 'rides']
    await configs(...rides, '--alter', '--add-config', 'retention.ms=123456789')
    expect((await configs(...rides, '--describe')).join('\n')).toContain(
      'retention.ms=123456789 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=123456789, ',
    )
    await configs(...rides, '--alter', '--delete-config', 'retention.ms')
    expect((await configs(...rides, '--describe')).join('\n')).not.toContain('retention.ms')
    const broker = await configs(
      '--describe',
      '--all',
      '--entity-type',
      'brokers',
      '--entity-name',
      '1',
    )
    expect(broker.join('\n')).toContain('default.replication.factor=3')
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

  it('kafka-get-offsets, kafka-delete-records and kafka-log-dirs agree on what is stored', async () => {
    const ends = await offsets('latest')
    expect(ends.reduce((sum, end) => sum + end, 0)).toBe(40)
    expect(await offsets('earliest')).toEqual([0, 0])
    const sizes = await storedBytes()
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    const partitions = [
      { topic: 'rides', partition: 0, offset: -1 },
      { topic: 'rides', partition: 1, offset: 1 },
    ]
    const path = file('delete.json', JSON.stringify({ partitions, version: 1 }))
    const deleted = await tools.run('kafka-delete-records', ['--offset-json-file', path])
    expect(deleted).toContain(`partition: rides-0\tlow_watermark: ${ends[0]}`)
    expect(await offsets('earliest')).toEqual([ends[0], 1])
    expect(await offsets('latest')).toEqual(ends)
    const left = await storedBytes()
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
    await topics(['--create', '--topic', 'perf', '--partitions', '3'])
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
    await topics(['--create', '--topic', 'shared', '--partitions', '2'])
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
      const produced = await tools.run('kafka-verifiable-producer', [
        '--topic',
        'shared',
        '--max-messages',
        '200',
      ])
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
})

const READER = '--reader-property'
const FORMATTER = '--formatter-property'

function topics(arguments_: readonly string[], code = 0): Promise<string[]> {
  return tools.run('kafka-topics', arguments_, { code })
}

/** `Partition:0	Offset:7	key	value` lines; what else a tool says is left out. */
function rows(lines: readonly string[]) {
  return lines.flatMap((line) => {
    const match = /^Partition:(\d+)\tOffset:(\d+)\t([^\t]+)\t(.+)$/.exec(line)
    if (match === null) return []
    const [, partition, offset, key = '', value = ''] = match
    return { partition: Number(partition), offset: Number(offset), key, value }
  })
}

/** Of both partitions of `rides`. */
async function offsets(time: string): Promise<number[]> {
  const lines = await tools.run('kafka-get-offsets', ['--topic', 'rides', '--time', time])
  return lines.flatMap((line) => {
    const match = /^rides:\d:(\d+)$/.exec(line)
    return match === null ? [] : Number(match[1])
  })
}

/** Of both partitions of `rides`; every node says the same. */
async function storedBytes(): Promise<number[]> {
  const lines = await tools.run('kafka-log-dirs', ['--describe', '--topic-list', 'rides'])
  const { brokers } = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{}')
  const sizes = brokers.map(
    ({ logDirs }: { logDirs: { partitions: { partition: string; size: number }[] }[] }) =>
      logDirs
        .flatMap(({ partitions }) => partitions)
        .sort((a, b) => (a.partition < b.partition ? -1 : 1))
        .map(({ size }) => size),
  )
  expect(sizes).toEqual([sizes[0], sizes[0], sizes[0]])
  return sizes[0]
}
