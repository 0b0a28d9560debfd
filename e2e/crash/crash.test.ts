import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { freePortRun } from '../support/free-ports.ts'
import { signIn } from '../support/http-session.ts'
import { killTree, ready, spawnProduct, startProduct } from '../support/product.ts'
import { createRandom, type Random } from '../support/random.ts'
import { createTurnstile } from '../support/turnstile.ts'
import { bundleTypeScript } from '../support/typescript-process.ts'
import { checkLedger } from './check-ledger.ts'
import { readAcknowledgements, readLog } from './evidence.ts'
import { startLedgerProducer } from './ledger-producer.ts'
import type { LedgerTarget } from './ledger-target.ts'
import { OffsetCommits } from './offset-commits.ts'

const rounds = Number(process.env.CRASH_ROUNDS ?? 20)
const idempotentProducers = ['idempotent-0', 'idempotent-1', 'idempotent-2', 'idempotent-3']
const account = { email: 'ledger@example.com', password: 'correct horse battery' }
const apiKey = { key: 'LEDGERKEY2345ABC', secret: 'ledger-secret-that-is-long-enough' }
const topic = { name: 'ledger', partitions: 3 }
/** Partition 2 is the plain producer's, so that its repeats disturb nobody's sequence. */
const plainPartition = 2

it(`keeps every promise through ${rounds} kills`, {
  timeout: 120_000 + rounds * 30_000,
}, async () => {
  const random = createRandom()
  console.log(`crash test: ${rounds} rounds, seed ${random.seed} (SEED=${random.seed} repeats it)`)
  const folder = mkdtempSync(join(tmpdir(), 'tributary-crash-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const product = await createProduct(folder)
  const target = { ports: product.kafkaPorts, ...apiKey, topic: topic.name }
  const producers = startProducers(folder, target, random)
  const commits = new OffsetCommits(target)

  for (let round = 1; round <= rounds; round++) {
    // However few rounds there are, something is committed in one of them.
    const moment = round === 1 ? 'load' : random.pick(['start-up', 'load', 'load', 'shutdown'])
    const boot = product.spawn()
    if (moment === 'start-up') {
      await delay(random.integer(0, 1500))
    } else {
      await ready(boot)
      await commits.commitNext()
      await producers.acknowledge(random.integer(1, 400), `round ${round}`)
      if (moment === 'shutdown') boot.kill('SIGINT')
      await delay(random.integer(0, moment === 'shutdown' ? 120 : 40))
    }
    await killTree(boot)
    producers.checkAlive()
  }

  const last = await product.start()
  await producers.acknowledgeEach('after the last kill')
  const acknowledgements = await producers.finish()
  const log = await readLog(target)
  console.log(`crash test: ${log.length} records, ${acknowledgements.length} acknowledged`)
  expect(acknowledgements.length).toBeGreaterThan(rounds)
  const problems = checkLedger(log, acknowledgements, new Set(idempotentProducers))
  expect(problems.slice(0, 20)).toEqual([])
  expect(await commits.problems()).toEqual([])
  // The user is there: this throws where the sign-in is refused.
  await signIn(last.consoleUrl, account.email, account.password)
  expect(await last.stop()).toBe(0)
})

/** The product on fixed ports, with a user, a key and a topic; killed at the end, however that comes. */
async function createProduct(folder: string) {
  const kafkaPort = await freePortRun(4)
  const env = { KAFKA_PORT: `${kafkaPort}`, PORT: `${kafkaPort + 3}` }
  const dataDir = join(folder, 'data')
  // Only the first start has the preset: later starts would make again what a crash had lost.
  const first = await startProduct({
    dataDir,
    env: { ...env, TRIBUTARY_PRESET: writePreset(folder) },
  })
  await first.stop()

  return {
    kafkaPorts: [kafkaPort, kafkaPort + 1, kafkaPort + 2],
    spawn() {
      const { process: boot } = spawnProduct({ dataDir, env })
      onTestFinished(() => killTree(boot))
      return boot
    },
    async start() {
      const started = await startProduct({ dataDir, env })
      onTestFinished(() => started.kill())
      return started
    },
  }
}

/** Both producers with their ledgers; killed at the end, however that comes. */
function startProducers(folder: string, target: LedgerTarget, { seed }: Random) {
  const turnstile = createTurnstile()
  const programs = [
    {
      program: bundleTypeScript('e2e/crash/idempotent-producers.ts'),
      ledger: join(folder, 'idempotent.ndjson'),
      assignment: { names: idempotentProducers, partitions: 2, seed },
    },
    {
      program: 'e2e/crash/plain-producer.mjs',
      ledger: join(folder, 'plain.ndjson'),
      assignment: { partition: plainPartition },
    },
  ]
  const producers = programs.map(({ program, ledger, assignment }) => {
    const assigned = { ...target, ...assignment, ledger }
    const producer = startLedgerProducer(program, assigned, () => turnstile.changed())
    onTestFinished(() => producer.kill())
    return producer
  })
  const counts = () => producers.map(({ acknowledged }) => acknowledged)
  const sum = () => counts().reduce((total, count) => total + count, 0)

  function checkAlive() {
    for (const producer of producers) producer.checkAlive()
  }

  async function whileAlive(holds: () => boolean, describe: () => string) {
    await turnstile.until(() => {
      checkAlive()
      return holds()
    }, describe)
  }

  return {
    checkAlive,
    /** Waits for so many more answers to all of them together. */
    async acknowledge(count: number, when: string) {
      const goal = sum() + count
      await whileAlive(
        () => sum() >= goal,
        () => `${when}: ${sum()} of ${goal} acknowledgements`,
      )
    },
    /** Waits until each has got an answer. */
    async acknowledgeEach(when: string) {
      const before = counts()
      await whileAlive(
        () => counts().every((count, index) => count > (before[index] ?? 0)),
        () => `${when}: acknowledgements went from ${before} to ${counts()}`,
      )
    },
    /** Lets them get their last answers and end; resolves with all that was ever acknowledged. */
    async finish() {
      await Promise.all(producers.map((producer) => producer.finish()))
      return programs.flatMap(({ ledger }) => readAcknowledgements(ledger))
    },
  }
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const cluster = {
    name: 'ledger',
    provider: 'gcp',
    region: 'europe-west2',
    apiKeys: [apiKey],
    topics: [topic],
  }
  const environments = [{ name: 'default', clusters: [cluster] }]
  writeFileSync(path, JSON.stringify({ users: [{ ...account, name: 'Ledger' }], environments }))
  return path
}
