import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { signIn } from '../support/http-session.ts'
import { createRandom, type Random } from '../support/random.ts'
import { createTurnstile, type Turnstile } from '../support/turnstile.ts'
import { readRecords } from './evidence.ts'
import { ledgerPath, plainLedgerPath, startProducers } from './ledger-producers.ts'
import type { ClusterTarget } from './ledger-target.ts'
import { compacted, everything, keptByAge, keptBySize, ledgerTopics } from './ledger-topics.ts'
import { compareWhole, watchLedger } from './ledger-watch.ts'
import { watchCommits } from './offset-commits.ts'
import { account, apiKey, ProductToKill } from './product-to-kill.ts'
import { watchTopics } from './topic-churn.ts'
import { watchWatermarks } from './watermarks.ts'
import { startWitness } from './witness.ts'

const rounds = Number(process.env.CRASH_ROUNDS ?? 50)
/** The broker alone is back the soonest, and the most often so. */
const ways = [
  'broker',
  'broker',
  'broker',
  'everything',
  'everything',
  'starting',
  'stopping',
] as const
const churnedTopics = ['churned-a', 'churned-b', 'churned-c', 'churned-d']

/**
 * Producers, groups and administrators go on through every kill, and each holds the product to what
 * it was told before. Half-way the product moves to a copy of its data folder.
 */
it(`keeps every promise through ${rounds} kills`, {
  timeout: 180_000 + rounds * 60_000,
}, async () => {
  const random = createRandom()
  console.log(`crash test: ${rounds} rounds, seed ${random.seed} (SEED=${random.seed} repeats it)`)
  const folder = mkdtempSync(join(tmpdir(), 'tributary-crash-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const product = await ProductToKill.create(folder)
  const target = { ports: product.kafkaPorts, ...apiKey }
  const turnstile = createTurnstile()
  const producers = startProducers(folder, target, { seed: random.seed, turnstile })
  const witnesses = startWitnesses(folder, target, { random, turnstile })
  const startedMs = performance.now()
  const killed = { everything: 0, broker: 0, starting: 0, stopping: 0 }

  for (let round = 1; round <= rounds; round++) {
    const isHalf = round === Math.ceil(rounds / 2)
    // However few rounds there are, something is promised in one of them, and the copy is of everything.
    const way = round === 1 || isHalf ? 'everything' : random.pick(ways)
    killed[way]++
    if (way === 'starting') {
      if (product.isRunning) {
        await witnesses.lookEach(`round ${round}`)
        product.killBroker()
      } else product.spawn()
      await delay(random.integer(0, 1500))
      await product.kill()
    } else {
      if (!product.isRunning) await product.start()
      await witnesses.lookEach(`round ${round}`)
      await producers.acknowledgeEach(`round ${round}`)
      await delay(random.integer(0, 3000))
      // In the midst of a burst, where most is promised that has just been stored.
      await producers.acknowledge(random.integer(1, 60), `round ${round}`)
      await delay(random.integer(0, 10))
      await killAs(way, product, random)
    }
    producers.checkAlive()
    witnesses.check()
    if (round % 10 === 0) console.log(`crash test: ${round} rounds, ${secondsSince(startedMs)} s`)
    if (isHalf) {
      await product.kill()
      expect(product.verify()).toBe('')
      product.moveToCopy()
    }
  }

  if (!product.isRunning) await product.start()
  await witnesses.lookEach('after the last kill')
  await producers.acknowledgeEach('after the last kill')
  await producers.finish()
  await witnesses.finish()
  const log = await readRecords({ ...target, topic: everything.name })
  const ledgers = [ledgerPath(folder, everything), plainLedgerPath(folder)]
  const { problems, ...counts } = compareWhole(log, everything, ledgers)
  console.log(`crash test: ${JSON.stringify({ killed, ...counts, looks: witnesses.looks() })}`)
  expect(problems.slice(0, 20)).toEqual([])
  expect(counts.promised).toBeGreaterThan(rounds)
  // The user is there: this throws where the sign-in is refused.
  await signIn(product.consoleUrl, account.email, account.password)
  expect(await product.stop()).toBe(0)
  expect(product.verify()).toBe('')
  expect(product.complaints).toEqual([])
})

function secondsSince(startedMs: number): string {
  return ((performance.now() - startedMs) / 1000).toFixed(0)
}

async function killAs(
  way: 'everything' | 'broker' | 'stopping',
  product: ProductToKill,
  random: Random,
): Promise<void> {
  if (way === 'broker') {
    product.killBroker()
    return
  }
  if (way === 'stopping') {
    product.interrupt()
    await delay(random.integer(0, 120))
  }
  await product.kill()
}

function startWitnesses(
  folder: string,
  target: ClusterTarget,
  { random, turnstile }: { random: Random; turnstile: Turnstile },
) {
  const watched = { names: ledgerTopics.map(({ name }) => name), trimmed: keptBySize.name }
  const of = (n: number) => createRandom(random.seed + 1000 + n)
  const looks = {
    'offset commits': watchCommits(target, everything),
    watermarks: watchWatermarks(target, watched, of(0)),
    topics: watchTopics(target, churnedTopics, of(1)),
    'kept by size': watchLedger(target, keptBySize, ledgerPath(folder, keptBySize)),
    'kept by age': watchLedger(target, keptByAge, ledgerPath(folder, keptByAge)),
    compacted: watchLedger(target, compacted, ledgerPath(folder, compacted)),
  }
  const witnesses = Object.entries(looks).map(([name, look]) => {
    const witness = startWitness(name, look, () => turnstile.changed())
    onTestFinished(() => witness.stop())
    return witness
  })
  const counts = () => Object.fromEntries(witnesses.map(({ name, looks: count }) => [name, count]))

  function check() {
    expect(witnesses.flatMap(({ problems }) => problems).slice(0, 20)).toEqual([])
  }

  return {
    check,
    looks: counts,
    /** Waits until each has compared all that it was promised with what is there. */
    async lookEach(when: string) {
      // One look may have begun before: it is the second that sees what was asked for only now.
      const goals = witnesses.map((witness) => ({ witness, goal: witness.looks + 2 }))
      await turnstile.until(
        () => {
          check()
          return goals.every(({ witness, goal }) => witness.looks >= goal)
        },
        () => `${when}: ${JSON.stringify(counts())}`,
      )
    },
    /** All of them look once more at what is final, and end. */
    async finish() {
      await this.lookEach('when all was written')
      await Promise.all(witnesses.map((witness) => witness.stop()))
      check()
    },
  }
}
