import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Turnstile } from '../support/turnstile.ts'
import { bundleTypeScript } from '../support/typescript-process.ts'
import { startLedgerProducer } from './ledger-producer.ts'
import type { ClusterTarget } from './ledger-target.ts'
import { everything, type LedgerTopic, ledgerTopics, plainPartition } from './ledger-topics.ts'

/** Where the idempotent producers of a topic keep their ledger. */
export function ledgerPath(folder: string, topic: LedgerTopic): string {
  return join(folder, `${topic.name}.ndjson`)
}

/** Where the plain producer keeps its own. */
export function plainLedgerPath(folder: string): string {
  return join(folder, 'plain.ndjson')
}

/** A process for the producers of each topic, and the plain one; killed at the end, however that comes. */
export function startProducers(
  folder: string,
  target: ClusterTarget,
  { seed, turnstile }: { seed: number; turnstile: Turnstile },
) {
  const idempotent = bundleTypeScript('e2e/crash/idempotent-producers.ts')
  const programs = [
    ...ledgerTopics.map((topic, n) => ({
      program: idempotent,
      assignment: {
        topic: topic.name,
        names: topic.producers,
        partitions: topic.producerPartitions,
        isCompacted: topic.isCompacted,
        ledger: ledgerPath(folder, topic),
        seed: seed + 10 * n,
      },
    })),
    {
      program: 'e2e/crash/plain-producer.mjs',
      assignment: {
        topic: everything.name,
        partition: plainPartition,
        ledger: plainLedgerPath(folder),
      },
    },
  ]
  const producers = programs.map(({ program, assignment }) => {
    const assigned = { ...target, ...assignment }
    const producer = startLedgerProducer(program, assigned, () => turnstile.changed())
    onTestFinished(() => producer.kill())
    return producer
  })
  const counts = () => producers.map(({ acknowledged }) => acknowledged)

  function checkAlive() {
    for (const producer of producers) producer.checkAlive()
  }

  const sum = () => counts().reduce((total, count) => total + count, 0)

  async function whileAlive(holds: () => boolean, describe: () => string) {
    await turnstile.until(() => {
      checkAlive()
      return holds()
    }, describe)
  }

  return {
    checkAlive,
    /** Waits for so many more answers to all of them together: then something is being written. */
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
    /** Lets them get their last answers and end. */
    async finish() {
      await Promise.all(producers.map((producer) => producer.finish()))
    },
  }
}
