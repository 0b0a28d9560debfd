/**
 * The load of the soak, as a process of its own: all producers and consumers of `workload.ts`. Says
 * every five seconds, a line of JSON each, what was written and read so far. Ends when standard input
 * does: producers first, then groups once they have read to the end.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '../support/random.ts'
import { GroupOfConsumers } from './load-consumers.ts'
import { type Address, runProducer, type Written } from './load-producer.ts'
import { soakGroups, soakProducers } from './workload.ts'

export interface LoadReport {
  readonly written: number
  readonly writtenBytes: number
  readonly groups: readonly {
    readonly name: string
    readonly read: number
    readonly overtaken: number
    readonly joined: number
    readonly crashed: readonly string[]
  }[]
  readonly problems: readonly string[]
}

const reportEveryMs = 5000
/** What the groups may take to come to the end once nothing is written any more. */
const drainMs = 60_000

const assignment: Address & { seed: number } = JSON.parse(process.argv[2] ?? '')
const stop = new AbortController()
process.stdin.resume()
process.stdin.once('end', () => stop.abort())

const written: Written = { records: 0, bytes: 0, ends: new Map() }
const problems: string[] = []
const groups = soakGroups.map((group, n) => ({
  name: group.name,
  topics: group.topics,
  consumers: new GroupOfConsumers(group, {
    address: assignment,
    random: createRandom(assignment.seed + 100 + n),
  }),
}))
const reporting = setInterval(report, reportEveryMs)
await Promise.all(groups.map(({ consumers }) => consumers.start()))
await Promise.all(
  soakProducers.map((producer, n) => {
    const random = createRandom(assignment.seed + n)
    const around = { address: assignment, random, written, stop: stop.signal }
    return runProducer(producer, around).catch((error: unknown) => {
      problems.push(`${producer.name} ended: ${error}`)
    })
  }),
)
await Promise.all(groups.map(({ consumers }) => consumers.settle()))
const deadlineMs = Date.now() + drainMs
while (behind().length > 0 && Date.now() < deadlineMs) await delay(200)
problems.push(...behind())
for (const { consumers } of groups) await consumers.end()
clearInterval(reporting)
report()
process.exit(0)

/** A sentence for every partition that a group has not read to its end. */
function behind(): readonly string[] {
  return groups.flatMap(({ name, topics, consumers }) =>
    [...written.ends].flatMap(([partition, end]) => {
      const next = consumers.positions.nextOffset(partition)
      const isRead = topics.some((topic) => partition.startsWith(`${topic}-`))
      return isRead && next < end ? [`${name} read ${partition} to ${next}, not to ${end}`] : []
    }),
  )
}

function report(): void {
  const told: LoadReport = {
    written: written.records,
    writtenBytes: written.bytes,
    groups: groups.map(({ name, consumers: { positions, overtaken, joined, crashed } }) => {
      return { name, read: positions.records, overtaken, joined, crashed }
    }),
    problems: [...problems, ...groups.flatMap(({ consumers }) => consumers.problems)].slice(0, 50),
  }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}
