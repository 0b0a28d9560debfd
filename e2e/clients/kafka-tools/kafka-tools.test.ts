import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { murmur2Partition } from '../../../broker/rules/murmur2.ts'
import { createTurnstile } from '../../support/turnstile.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { quick, skipNote } from '../quick.ts'
import { groupPositions, openConsole, printed } from './told.ts'
import { installTools, type KafkaTools, openTools } from './tools.ts'

/**
 * The commands of any Kafka course on topics, records and groups, as Kafka's own tools run them, by
 * SASL_SSL with an API key and nothing else.
 */
const installed = installTools()

let product: JavaProduct
let tools: KafkaTools

beforeAll(async () => {
  if (!installed.ok) return
  product = await startJavaProduct('tools')
  tools = openTools(installed.folder, {
    bootstrapServer: product.key.bootstrapServer,
    properties: product.properties.tls,
    flags: product.trust,
  })
})
afterAll(() => product?.stop())

const topics = (arguments_: readonly string[], code = 0) =>
  tools.run('kafka-topics', arguments_, { code })
const groups = (...arguments_: string[]) => tools.run('kafka-consumer-groups', arguments_)

describe.skipIf(!installed.ok)(`Kafka's tools${skipNote(installed)}`, () => {
  it('kafka-topics creates and describes', async () => {
    const create = ['--create', '--partitions', '2', '--config', 'retention.ms=86400000']
    const created = await topics([...create, '--topic', 'rides'])
    expect(created).toContain('Created topic rides.')
    const described = await topics(['--describe', '--topic', 'rides'])
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
  })

  it.skipIf(quick)('kafka-topics alters, lists and deletes', async () => {
    await topics(['--create', '--topic', 'fresh'])
    await topics(['--alter', '--topic', 'fresh', '--partitions', '8'])
    expect((await topics(['--describe', '--topic', 'fresh'])).slice(1)).toHaveLength(8)
    const fewer = await topics(['--alter', '--topic', 'fresh', '--partitions', '3'], 1)
    expect(fewer.join('\n')).toContain('Topic currently has 8 partitions, which is higher than')
    expect(await topics(['--describe', '--under-replicated-partitions'])).toEqual([])
    expect(await topics(['--list'])).toEqual(['fresh', 'rides'])
    const again = await topics(['--create', '--topic', 'fresh'], 1)
    expect(again.join('\n')).toContain("Topic 'fresh' already exists.")
    await topics(['--delete', '--topic', 'fresh'])
    expect(await topics(['--list'])).toEqual(['rides'])
    const gone = await topics(['--describe', '--topic', 'fresh'], 1)
    expect(gone.join('\n')).toContain("Topic 'fresh' does not exist")
  })

  it('kafka-console-producer writes what kafka-console-consumer reads, in each group once', async () => {
    const keyed = ['parse.key=true', 'key.separator=:'].flatMap((each) => [READER, each])
    const records = Array.from({ length: 40 }, (_, i) => [`k${i % 7}`, `v${i}`] as const)
    await tools.run('kafka-console-producer', ['--topic', 'rides', ...keyed], {
      input: records.map(([key, value]) => `${key}:${value}\n`).join(''),
    })
    const whole = ['--topic', 'rides', '--from-beginning', '--max-messages', '40']
    const read = printed(await tools.run('kafka-console-consumer', [...whole, ...SHOWN]))
    expect(read.map(({ value }) => value).sort()).toEqual(records.map(([, value]) => value).sort())
    for (const { partition, key } of read) {
      expect(partition).toBe(murmur2Partition(Buffer.from(key), 2))
    }
    for (const group of quick ? ['first'] : ['first', 'second']) {
      const inGroup = await tools.run('kafka-console-consumer', [...whole, '--group', group])
      expect(inGroup.filter((line) => /^v\d+$/.test(line))).toHaveLength(40)
    }
  })

  it('kafka-consumer-groups lists groups, and tells where they are', async () => {
    expect(await groups('--list')).toContain('first')
    const positions = await groupPositions(tools, 'first')
    expect(positions.map(({ topic, lag }) => `${topic} ${lag}`)).toEqual(['rides 0', 'rides 0'])
    expect(positions.reduce((sum, { current }) => sum + current, 0)).toBe(40)
  })

  it.skipIf(quick)('two console consumers of a group share its partitions', async () => {
    const turnstile = createTurnstile()
    const options = ['--topic', 'rides', '--group', 'pair', '--from-beginning', ...SHOWN]
    const members = [1, 2].map(() => openConsole(tools, options, turnstile.changed))
    const partitions = () => members.map((member) => new Set(member.records().map(partitionOf)))
    const isShared = () => partitions().every(({ size }) => size === 1)
    try {
      // What was written before may be read by the first alone, until the second has joined.
      await turnstile.until(
        () => members.flatMap((member) => member.records()).length >= 40,
        () => `${members.map((member) => member.records().length)} records read`,
      )
      await haveOneEach()
      for (const member of members) member.forget()
      const keys = Array.from({ length: 60 }, (_, index) => `key ${index}`)
      const keyed = ['parse.key=true', 'key.separator=:'].flatMap((each) => [READER, each])
      const input = keys.map((key) => `${key}:${key}\n`).join('')
      await tools.run('kafka-console-producer', ['--topic', 'rides', ...keyed], { input })
      const values = () => members.flatMap((member) => member.records().map(({ value }) => value))
      await turnstile.until(
        () => values().length >= keys.length,
        () => `${values().length} of ${keys.length} records read`,
      )
      expect(values().sort()).toEqual([...keys].sort())
      expect(isShared()).toBe(true)
    } finally {
      await Promise.all(members.map((member) => member.stop()))
    }
  })

  it.skipIf(quick)('kafka-consumer-groups resets, and deletes', async () => {
    const reset = async (...how: string[]) => {
      await groups('--group', 'first', '--topic', 'rides', '--reset-offsets', ...how)
      return (await groupPositions(tools, 'first')).map(({ current }) => current)
    }
    const positions = await groupPositions(tools, 'first')
    expect(positions.reduce((sum, { lag }) => sum + lag, 0)).toBe(60)
    const before = positions.map(({ current }) => current)
    expect(await reset('--to-earliest', '--dry-run')).toEqual(before)
    expect(await reset('--to-earliest', '--execute')).toEqual([0, 0])
    expect(await reset('--shift-by', '3', '--execute')).toEqual([3, 3])
    expect(await reset('--to-offset', '1', '--execute')).toEqual([1, 1])
    expect(await reset('--by-duration', 'PT1H', '--execute')).toEqual([0, 0])
    const ends = await reset('--to-latest', '--execute')
    expect(ends.reduce((sum, end) => sum + end, 0)).toBe(100)
    await groups('--group', 'first', '--topic', 'rides:0', '--delete-offsets')
    expect(await groupPositions(tools, 'first')).toHaveLength(1)
    expect((await groups('--delete', '--group', 'first')).join()).toContain('successful')
    expect(await groups('--list')).not.toContain('first')
    const state = await groups('--describe', '--group', 'second', '--state')
    expect(state.at(-1)).toMatch(/^second +localhost:\d+ +\(\d\) +- +Empty +0/)
  })
})

const READER = '--reader-property'
const SHOWN = ['key', 'offset', 'partition'].flatMap((each) => [
  '--formatter-property',
  `print.${each}=true`,
])

const partitionOf = ({ partition }: { readonly partition: number }) => partition

/** Resolves once `pair` has two members with a partition each. */
async function haveOneEach() {
  const deadline = Date.now() + 60_000
  for (;;) {
    const told = await groups('--describe', '--group', 'pair', '--members')
    const counts = told.flatMap(
      (line) => /^pair +console-consumer\S* .* (\d+) *$/.exec(line)?.[1] ?? [],
    )
    if (String(counts) === '1,1') return
    if (Date.now() > deadline) throw new Error(told.join('\n'))
  }
}
