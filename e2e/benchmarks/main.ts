import { benchCompaction } from './compaction.ts'
import { benchConnections } from './connections.ts'
import { benchConnectors } from './connectors.ts'
import { benchKafka } from './kafka/comparison.ts'
import { benchMessages } from './messages.ts'
import { benchSearch } from './search.ts'
import { benchThroughput } from './throughput.ts'

/** `npm run bench` runs all of them, `npm run bench -- search` the one that is named. */
const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  throughput: benchThroughput,
  search: benchSearch,
  messages: benchMessages,
  connectors: benchConnectors,
  compaction: benchCompaction,
  connections: benchConnections,
  kafka: benchKafka,
}

const named = process.argv.slice(2)
const unknown = named.find((name) => !Object.hasOwn(benchmarks, name))
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}": try ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(1)
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (named.length > 0 && !named.includes(name)) continue
  console.log(`\n── ${name}`)
  await run()
}
