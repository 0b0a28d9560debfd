import { setTimeout as delay } from 'node:timers/promises'
import { type AcknowledgedUpdate, CompactedLedger } from './check-compacted.ts'
import { type Acknowledgement, checkLedger } from './check-ledger.ts'
import { LedgerFile, type LogEvidence, loggedRecords, readTopic } from './evidence.ts'
import { type ClusterTarget, withNodes } from './ledger-target.ts'
import type { LedgerTopic } from './ledger-topics.ts'
import type { Look } from './witness.ts'

const restMs = 400
/** More sentences about one log say nothing new. */
const problemsMax = 5

/** Holds a log that loses records against its ledger, over and over. */
export function watchLedger(target: ClusterTarget, topic: LedgerTopic, ledger: string) {
  const compare = topic.isCompacted
    ? comparesCompacted(new LedgerFile<AcknowledgedUpdate>(ledger))
    : comparesKept(new LedgerFile(ledger), topic)
  return async (to: Look) => {
    await withNodes(target, async (nodes) => {
      const judge = compare()
      const problems = judge(await readTopic(nodes, topic.name))
      for (const problem of problems.slice(0, problemsMax)) to.problem(problem)
      to.looked()
    })
    await delay(restMs)
  }
}

/** Begins a comparison: what the ledger says now has to be in the log that is read after that. */
type Comparison = () => (log: LogEvidence) => readonly string[]

function comparesKept(ledger: LedgerFile<Acknowledgement>, topic: LedgerTopic): Comparison {
  const producers = new Set(topic.producers)
  let promised: Acknowledgement[] = []
  return () => {
    promised.push(...ledger.readOn())
    return (log) => {
      const problems = checkLedger(loggedRecords(log), promised, producers, log.starts)
      // What has gone need not be remembered: that starts never go back is watched elsewhere.
      promised = promised.filter(
        ({ partition, offset }) => offset >= (log.starts.get(partition) ?? 0),
      )
      return problems
    }
  }
}

/**
 * Ledger and log are read one after the other, so an update that was stored and not yet acknowledged
 * may have been compacted away together with what it replaced: a breach is what is seen twice.
 */
function comparesCompacted(ledger: LedgerFile<AcknowledgedUpdate>): Comparison {
  const promised = new CompactedLedger()
  let suspected: readonly string[] = []
  return () => {
    promised.take(ledger.readOn())
    return (log) => {
      const problems = promised.check(updatesIn(log))
      const seenTwice = problems.filter((problem) => suspected.includes(problem))
      suspected = problems
      return seenTwice
    }
  }
}

function updatesIn(log: LogEvidence) {
  const hashes = loggedRecords(log)
  return log.records.map(({ partition, offset, key }, n) => {
    const hash = hashes[n]?.hash ?? ''
    return { partition, offset, key: Buffer.from(key ?? []).toString(), hash }
  })
}

/** The last word on a log of which nothing was ever deleted. */
export function compareWhole(log: LogEvidence, topic: LedgerTopic, ledgers: readonly string[]) {
  const promised = ledgers.flatMap((path) => new LedgerFile(path).readOn())
  const records = loggedRecords(log)
  const problems = checkLedger(records, promised, new Set(topic.producers), log.starts)
  return { problems, records: records.length, promised: promised.length }
}
