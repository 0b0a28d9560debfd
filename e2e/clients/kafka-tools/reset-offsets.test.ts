import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { paths, type ResetOffsetsQuery } from '../../../lib/paths.ts'
import { commitOffsets } from '../../support/commit-offsets.ts'
import { ask } from '../../support/http-request.ts'
import { produceWithKey } from '../../support/kafkajs-with-key.ts'
import type { KeyFile } from '../../support/key-file.ts'
import {
  createOrganisation,
  type Organisation,
  type OwnCluster,
} from '../../support/organisation.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { quick, skipNote } from '../quick.ts'
import { installTools, type KafkaTools, openTools } from './tools.ts'

/**
 * The console's *Reset offsets* against Kafka's own tool: the command that the page shows is run as a
 * shell hands it on, and what it prints is compared with the page's dry run.
 */
const installed = installTools()

/** A shell has something to do with it. */
const group = "it's a $group"

let folder: string
let product: Product
let organisation: Organisation
let cluster: OwnCluster
let key: KeyFile
let tools: KafkaTools
/** Between the first and the second half of the messages. */
let middle: string

const records = (partition: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ partition, value: `${index}` }))

beforeAll(async () => {
  if (!installed.ok) return
  folder = mkdtempSync(join(tmpdir(), 'tributary-reset-'))
  product = await startProduct()
  organisation = await createOrganisation(product.consoleUrl)
  cluster = await organisation.createCluster('river')
  key = await cluster.createKey()
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  const properties = join(folder, 'client.properties')
  writeFileSync(
    properties,
    [
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=PLAIN',
      `sasl.jaas.config=${login} username='${key.key}' password='${key.secret}';`,
    ].join('\n'),
  )
  tools = openTools(installed.folder, { bootstrapServer: key.bootstrapServer, properties })
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await produceWithKey(key, 'rides', [...records(0, 3), ...records(1, 3)])
  await produceWithKey(key, 'orders', records(0, 6))
  // What is produced after this was asked for is later.
  middle = new Date(Date.now() + 1).toISOString()
  await commitOffsets(key, group, { rides: [5, 2], orders: [12] })
  await produceWithKey(key, 'rides', [...records(0, 3), ...records(1, 3)])
  await produceWithKey(key, 'orders', records(0, 6))
})
afterAll(async () => {
  await product?.stop()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

const plan = z.object({
  plan: z.array(
    z.object({ topic: z.string(), partition: z.number(), offset: z.number().nullable() }),
  ),
})

/** What the page's dry run says, a line for each partition. */
async function dryRun(query: Partial<ResetOffsetsQuery>): Promise<readonly string[]> {
  const path = paths.resetPlan(cluster, { group, ...query })
  const headers = { cookie: organisation.cookie }
  const { text } = await ask(product.consoleUrl, { path, headers })
  const rows = plan.parse(JSON.parse(text)).plan
  return rows.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}`).sort()
}

/** The words that a shell makes of the command on the page. */
async function commandOnPage(query: Partial<ResetOffsetsQuery>): Promise<readonly string[]> {
  const path = paths.resetOffsets(cluster, { group, ...query })
  const headers = { cookie: organisation.cookie }
  const { text } = await ask(product.consoleUrl, { path, headers })
  const marked = /<pre[^>]*>(.*?kafka-consumer-groups.*?)<\/pre>/s.exec(text)?.[1] ?? ''
  const escaped = marked.replaceAll(/<[^>]*>/g, '')
  const command = escaped.replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
  const script = command.replace('kafka-consumer-groups', "printf '%s\\0'")
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

/** What the tool prints for each partition. */
async function toldByTool(words: readonly string[]): Promise<readonly string[]> {
  // Where the cluster is and as whom to sign in, the tools are told for every test here.
  const connection = ['--bootstrap-server', '--command-config']
  const own = words.filter(
    (word, index) => !connection.includes(word) && !connection.includes(words[index - 1] ?? ''),
  )
  const lines = await tools.run('kafka-consumer-groups', own)
  return lines
    .filter((line) => line.startsWith(group))
    .map((line) => line.slice(group.length).trim().split(/\s+/).slice(0, 3).join(' '))
    .sort()
}

const queries: readonly Partial<ResetOffsetsQuery>[] = [
  {},
  { to: 'latest' },
  { to: 'offset', value: '4' },
  { to: 'offset', value: '40' },
  { to: 'shift', value: '-3' },
  { to: 'shift', value: '3' },
  { to: 'time', value: 'middle' },
  { to: 'time', value: '2999-01-01T00:00:00.000Z' },
  { topic: 'rides' },
  { topic: 'rides', partitions: '1', to: 'shift', value: '-1' },
]

describe.skipIf(!installed.ok)(`Kafka's tools${skipNote(installed)}`, () => {
  it.each(quick ? queries.slice(-1) : queries)(
    'would reset as the page says: %j',
    async (asked) => {
      const query = asked.value === 'middle' ? { ...asked, value: middle } : asked
      const expected = await dryRun(query)
      expect(expected.length).toBeGreaterThan(0)
      const words = await commandOnPage(query)
      expect(words.at(-1)).toBe('--dry-run')
      expect(await toldByTool(words)).toEqual(expected)
    },
  )
})
