// What a course's commands do that name a bootstrap server and nothing else: no key, no protocol, no
// properties file.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openListenerView } from '../../broker/rules/control.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { type Product, startProduct } from '../support/product.ts'
import { installTools, type KafkaTools, openTools } from './kafka-tools/tools.ts'
import { quick, skipNote } from './quick.ts'
import { installed, pythonClient } from './toolchains.ts'

const kcat = installed(['kcat'], ['kcat', '-V'], 'apt-get install kcat')
const python = pythonClient('kafka-python')
const jars = quick ? ({ ok: false, reason: 'left out by --quick' } as const) : installTools()

const folder = mkdtempSync(join(tmpdir(), 'tributary-open-listener-'))
let product: Product
let server: string

beforeAll(async () => {
  const openListener = { createTopics: true, partitions: 2 }
  const clusters = [{ name: 'course', openListener }]
  const presetFile = join(folder, 'preset.json')
  writeFileSync(presetFile, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  // What holds for the other ports does not concern this one.
  const env = { TRIBUTARY_PRESET: presetFile, SECURITY_PROTOCOLS: 'SASL_SSL' }
  product = await startProduct({ env })
  const path = `/v1/tenants/${presetClusterId('default', 'course')}/open-listener`
  const { port } = openListenerView.parse(await product.control('GET', path))
  server = `localhost:${port}`
})
afterAll(async () => {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a program to its end, which must be a good one; returns its lines. */
function run(command: readonly [string, ...string[]], input = ''): readonly string[] {
  const [program, ...arguments_] = command
  const { status, stdout, stderr } = spawnSync(program, arguments_, { input, encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout.split('\n').filter((line) => line !== '')
}

const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`)

describe('a bootstrap server alone is enough', () => {
  it.skipIf(!kcat.ok)(`for kcat${skipNote(kcat)}`, () => {
    run(['kcat', '-b', server, '-P', '-t', 'from-kcat'], lines.join('\n'))
    const read = run(['kcat', '-b', server, '-C', '-t', 'from-kcat', '-o', 'beginning', '-e', '-q'])
    expect([...read].sort()).toEqual([...lines].sort())
    const listed = run(['kcat', '-b', server, '-L', '-t', 'from-kcat']).join('\n')
    expect(listed).toContain(` 1 brokers:\n  broker 1 at ${server}`)
    expect(listed).toContain('with 2 partitions:')
    expect(listed).toContain('partition 1, leader 1, replicas: 1, isrs: 1')
    const asGroup = ['-G', 'kcats', '-o', 'beginning', '-e', '-q', 'from-kcat'] as const
    const config = ['-X', 'auto.offset.reset=earliest'] as const
    expect(run(['kcat', '-b', server, ...config, ...asGroup])).toHaveLength(50)
  })

  it.skipIf(!python.ok)(`for kafka-python${skipNote(python)}`, () => {
    const told = run([python.command[0], 'e2e/clients/open-listener/quickstart.py', server])
    expect(JSON.parse(told.join(''))).toEqual({
      created: true,
      partitions: 3,
      sent: 50,
      received: 50,
      committed: 50,
      named: 2,
    })
  })
})

const title = `Kafka's tools with nothing but --bootstrap-server${skipNote(jars)}`
describe.skipIf(!jars.ok)(title, () => {
  let tools: KafkaTools
  beforeAll(() => {
    if (jars.ok) tools = openTools(jars.folder, { bootstrapServer: server })
  })

  it('kafka-topics creates with one replica, lists and describes', async () => {
    const shape = ['--partitions', '3', '--replication-factor', '1']
    const created = await tools.run('kafka-topics', ['--create', '--topic', 'quick', ...shape])
    expect(created).toContain('Created topic quick.')
    const byDefault = ['--create', '--topic', 'by-default']
    expect(await tools.run('kafka-topics', byDefault)).toContain('Created topic by-default.')
    expect(await tools.run('kafka-topics', ['--list'])).toEqual(
      expect.arrayContaining(['by-default', 'quick']),
    )
    const [head, ...partitions] = await tools.run('kafka-topics', [
      '--describe',
      '--topic',
      'quick',
    ])
    expect(head).toMatch(/PartitionCount: 3\tReplicationFactor: 1\t/)
    expect(partitions).toHaveLength(3)
    for (const line of partitions) expect(line).toMatch(/Leader: 1\tReplicas: 1\tIsr: 1/)
    const alter = ['--alter', '--topic', 'quick', '--partitions', '4']
    await tools.run('kafka-topics', alter)
    await tools.run('kafka-topics', ['--delete', '--topic', 'quick'])
    expect(await tools.run('kafka-topics', ['--list'])).not.toContain('quick')
  }, 180_000)

  it('the console producer makes its topic, and console consumers read it, alone and as a group', async () => {
    const topic = ['--topic', 'events']
    await tools.run('kafka-console-producer', topic, { input: `${lines.join('\n')}\n` })
    const all = [...topic, '--from-beginning', '--max-messages', '50']
    expect((await tools.run('kafka-console-consumer', all)).sort()).toEqual([...lines].sort())
    const grouped = [...all, '--group', 'readers']
    expect(await tools.run('kafka-console-consumer', grouped)).toHaveLength(50)
    const describe_ = ['--describe', '--group', 'readers']
    const table = (await tools.run('kafka-consumer-groups', describe_)).slice(1)
    const lags = table.map((line) => line.trim().split(/\s+/)).map((cells) => Number(cells[5]))
    expect(lags).toEqual([0, 0])
  }, 180_000)

  it('kafka-configs tells what holds on this port', async () => {
    const broker = ['--describe', '--entity-type', 'brokers', '--entity-name', '1', '--all']
    const told = (await tools.run('kafka-configs', broker)).join('\n')
    expect(told).toMatch(/auto\.create\.topics\.enable=true/)
    expect(told).toMatch(/num\.partitions=2/)
    expect(told).toMatch(/default\.replication\.factor=1/)
  }, 60_000)
})
