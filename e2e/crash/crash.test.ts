import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { freePortRun } from '../support/free-ports.ts'
import { signIn } from '../support/http-session.ts'
import { killTree, ready, spawnProduct, startProduct } from '../support/product.ts'
import { createRandom } from '../support/random.ts'
import { createTurnstile } from '../support/turnstile.ts'
import { spawnTypeScript } from '../support/typescript-process.ts'
import { checkLedger } from './check-ledger.ts'
import { readAcknowledgements, readLog } from './evidence.ts'
import { OffsetCommits } from './offset-commits.ts'

const rounds = Number(process.env.CRASH_ROUNDS ?? 20)
const idempotentProducers = ['idempotent-0', 'idempotent-1', 'idempotent-2', 'idempotent-3']
const account = { email: 'ledger@example.com', password: 'correct horse battery' }
const apiKey = { key: 'LEDGERKEY2345ABC', secret: 'ledger-secret-that-is-long-enough' }
const topic = { name: 'ledger', partitions: 3 }
/** Partition 2 is the plain producer's, so that its repeats disturb nobody's sequence. */
const plainPartition = 2

it(`keeps every promise through ${rounds} kills`, {
  timeout: 60_000 + rounds * 30_000,
}, async () => {
  const random = createRandom()
  console.log(`crash test: ${rounds} rounds, seed ${random.seed} (SEED=${random.seed} repeats it)`)
  const folder = mkdtempSync(join(tmpdir(), 'tributary-crash-'))
  const kafkaPort = await freePortRun(4)
  const env = { KAFKA_PORT: `${kafkaPort}`, PORT: `${kafkaPort + 3}` }
  const dataDir = join(folder, 'data')
  const ports = [kafkaPort, kafkaPort + 1, kafkaPort + 2]
  const target = { ports, ...apiKey, topic: topic.name }

  // Only the first start has the preset: later starts would make again what a crash had lost.
  const first = await startProduct({
    dataDir,
    env: { ...env, TRIBUTARY_PRESET: writePreset(folder) },
  })
  await first.stop()

  const ledgers = {
    idempotent: join(folder, 'idempotent.ndjson'),
    plain: join(folder, 'plain.ndjson'),
  }
  const turnstile = createTurnstile()
  let acknowledged = 0
  const producers = [
    spawnTypeScript('e2e/crash/idempotent-producers.ts', [
      JSON.stringify({
        ...target,
        names: idempotentProducers,
        partitions: 2,
        ledger: ledgers.idempotent,
        seed: random.seed,
      }),
    ]),
    spawn(
      process.execPath,
      [
        'e2e/crash/plain-producer.mjs',
        JSON.stringify({ ...target, partition: plainPartition, ledger: ledgers.plain }),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    ),
  ]
  for (const producer of producers) {
    producer.stdout.on('data', (dots: Buffer) => {
      acknowledged += dots.length
      turnstile.changed()
    })
  }
  const commits = new OffsetCommits(target)

  try {
    for (let round = 1; round <= rounds; round++) {
      const moment = random.pick(['start-up', 'load', 'load', 'shutdown'])
      const { process: boot } = spawnProduct({ dataDir, env })
      if (moment === 'start-up') {
        await delay(random.integer(0, 1500))
      } else {
        await ready(boot)
        await commits.commitNext()
        const target_ = acknowledged + random.integer(1, 400)
        await turnstile.until(
          () => acknowledged >= target_,
          () => `round ${round}: ${acknowledged} of ${target_} acknowledgements`,
        )
        if (moment === 'shutdown') boot.kill('SIGINT')
        await delay(random.integer(0, moment === 'shutdown' ? 120 : 40))
      }
      await killTree(boot)
    }

    const last = await startProduct({ dataDir, env })
    await Promise.all(producers.map(finish))
    const log = await readLog(target)
    const acknowledgements = [
      ...readAcknowledgements(ledgers.idempotent),
      ...readAcknowledgements(ledgers.plain),
    ]
    console.log(
      `crash test: ${log.length} records in the log, ${acknowledgements.length} acknowledged`,
    )
    expect(acknowledgements.length).toBeGreaterThan(rounds)
    expect(checkLedger(log, acknowledgements, new Set(idempotentProducers)).slice(0, 20)).toEqual(
      [],
    )
    expect(await commits.problems()).toEqual([])
    // The user is there: this throws where the sign-in is refused.
    await signIn(last.consoleUrl, account.email, account.password)
    expect(await last.stop()).toBe(0)
  } finally {
    for (const producer of producers) producer.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Lets a producer get its last answers, and end. */
async function finish(producer: ChildProcessByStdio<Writable, Readable, null>) {
  const closed = once(producer, 'close')
  producer.stdin.end()
  const [code] = await closed
  expect(code).toBe(0)
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
