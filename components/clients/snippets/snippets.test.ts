import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../../broker/index.ts'
import { presetClusterId } from '../../../broker/rules/ids.ts'
import { connectCluster } from '../../../lib/kafka/connect-cluster.ts'
import { internalAddress } from '../../../lib/kafka/credentials.ts'
import { clientLanguages } from './languages.ts'
import { authorityFile, type ProgramInput, recordCount } from './program.ts'

// Every program as a person would run it: saved under its name, started by its command, against a
// broker. Those that need nothing installed but what the machine has are run here, all of them in
// e2e/clients/snippets.test.ts.

const internalKey = randomBytes(32)
// Characters that languages quote in different ways.
const credentials = { key: 'TESTKEY234567ABC', secret: 'a "secret" of the river$HOME \'n\\n' }
let broker: RunningBroker
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-snippets-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  broker = await startBroker({
    internalKey,
    clusters: [{ name: 'dev', apiKeys: [credentials] }],
    log: () => {},
  })
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await broker.close()
  rmSync(folder, { recursive: true, force: true })
})

const quick = [
  { library: 'kafkajs', probe: ['node', '-e', 'import("kafkajs")'] },
  { library: 'platformatic-kafka', probe: ['node', '-e', 'import("@platformatic/kafka")'] },
  // Debian's package, which no virtual environment sees.
  {
    library: 'kafka-python',
    probe: ['/usr/bin/python3', '-c', 'import kafka'],
    python: '/usr/bin',
  },
  { library: 'kcat', probe: ['kcat', '-V'] },
] as const

const both = quick.flatMap((toolchain) =>
  (['SASL_SSL', 'SASL_PLAINTEXT'] as const).map((protocol) => ({ ...toolchain, protocol })),
)

test.for(both)('$library writes and reads over $protocol', async (toolchain, { skip }) => {
  const { library, probe } = toolchain
  const [command, ...parameters] = probe
  const isThere = spawnSync(command, parameters).status === 0
  if (!isThere) skip(`${library} is not installed: ${probe.join(' ')} fails`)
  const path = 'python' in toolchain ? `${toolchain.python}:${process.env.PATH}` : undefined
  await writeAndRead(toolchain, path === undefined ? {} : { PATH: path })
})

async function writeAndRead(
  toolchain: { readonly library: string; readonly protocol: ProgramInput['protocol'] },
  environment: Record<string, string>,
) {
  const { protocol } = toolchain
  const library = clientLanguages
    .flatMap(({ libraries }) => libraries)
    .find(({ id }) => id === toolchain.library)
  if (library === undefined) throw new Error(`There is no library ${toolchain.library}`)
  const topic = `orders.${toolchain.library}.${protocol}`
  await createTopic(topic)
  const input = {
    ...{ bootstrap: `localhost:${broker.ports[0]}`, protocol, ...credentials, topic },
    ...{ clusterId: presetClusterId('default', 'dev'), restUrl: '' },
  }
  const home = join(folder, topic)
  mkdirSync(home)
  writeFileSync(join(home, authorityFile), await broker.certificateAuthority())
  const [producer, consumer] = [library.producer(input), library.consumer?.(input)]
  if (consumer === undefined) throw new Error(`There is no consumer of ${library.id}`)
  for (const { name, text } of [producer, consumer]) writeFileSync(join(home, name), text)

  const written = start(home, producer.command ?? '', environment)
  expect(await written.ended, written.printed()).toBe(0)
  const read = start(home, consumer.command ?? '', environment)
  const orders = await read.until((lines) => ordersIn(lines).size === recordCount)
  expect([...ordersIn(orders)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: recordCount }, (_, index) => index + 1),
  )
  read.stop()
}

async function createTopic(name: string) {
  const cluster = connectCluster(
    internalAddress(presetClusterId('default', 'dev'), { internalKey, kafkaPorts: broker.ports }),
  )
  await cluster.admin.createTopic({ name, partitionCount: 2, configs: {} })
  await cluster.close()
}

function ordersIn(lines: readonly string[]): ReadonlySet<number> {
  const orders = lines.flatMap((line) => /"orderid": ?(\d+)/.exec(line)?.[1] ?? [])
  return new Set(orders.map(Number))
}

/** Runs a command as a shell does; `until` rejects where it ends before. */
function start(cwd: string, command: string, environment: Record<string, string>) {
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: a shell's pipeline has several processes.
    detached: true,
  })
  running.add(child)
  const lines: string[] = []
  const all: string[] = []
  let changed = () => {}
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    all.push(line)
    changed()
  })
  createInterface({ input: child.stderr }).on('line', (line) => all.push(line))
  const ended = once(child, 'close').then(([code]): number | null => {
    running.delete(child)
    return code
  })
  const printed = () => all.slice(-20).join('\n')
  return {
    ended,
    printed,
    until: (isDone: (lines: readonly string[]) => boolean) =>
      new Promise<readonly string[]>((done, fail) => {
        changed = () => {
          if (isDone(lines)) done(lines)
        }
        changed()
        void ended.then((code) => fail(new Error(`${command} ended with ${code}:\n${printed()}`)))
      }),
    stop() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    },
  }
}
