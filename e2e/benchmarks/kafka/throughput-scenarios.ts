import { dropPageCache } from './page-cache.ts'
import { processorSeconds, watchMemory } from './process-usage.ts'
import type { Figure } from './rows.ts'
import { pidOf, type Scenario, withPeer } from './scenario.ts'
import { createTopics } from './topics.ts'

const megabyte = 1_000_000
/** Enough that a run lasts seconds, and a JIT has seen all of it. */
const producedBytes = Number(process.env.BENCH_MB ?? 400) * megabyte
const recordSizes = [
  { name: '100 B', bytes: 100 },
  { name: '1 KiB', bytes: 1024 },
  { name: '10 KiB', bytes: 10_240 },
]

/** Producing with the producer's defaults, and with the large batches that DESIGN figures are told for. */
const produceScenarios = recordSizes.flatMap(({ name, bytes }) =>
  [1, 8].flatMap((partitions) =>
    (['none', 'lz4'] as const).map((compression) =>
      producing({
        name: `produce ${name}, ${count(partitions)}, ${compression}`,
        recordBytes: bytes,
        partitions,
        compression,
      }),
    ),
  ),
)

const largeBatches = producing({
  name: 'produce 1 KiB, 8 partitions, none, batch.size 1 MB',
  recordBytes: 1024,
  partitions: 8,
  compression: 'none',
  properties: ['batch.size=1000000', 'max.request.size=8388608', 'buffer.memory=134217728'],
})

interface Producing {
  readonly name: string
  readonly recordBytes: number
  readonly partitions: number
  readonly compression: 'none' | 'lz4'
  readonly properties?: readonly string[]
}

function producing({ name, partitions, ...how }: Producing): Scenario {
  return {
    name,
    runs: 5,
    measure: (peer, tools) =>
      withPeer(peer, async (started) => {
        const topic = 'measured'
        await createTopics(started, [{ name: topic, partitions }])
        const records = Math.round(producedBytes / how.recordBytes)
        // A start is cold for a JVM and for V8 alike; the first tenth warms both up.
        await tools.produce(started, { topic, records: Math.ceil(records / 10), ...how })
        const before = processorSeconds(pidOf(started))
        const value = await tools.produce(started, { topic, records, ...how })
        const used = processorSeconds(pidOf(started)) - before
        return [
          { what: name, unit: 'MB/s', value },
          { what: `${name}: processor`, unit: 'ms CPU/MB', value: perMegabyte(used) },
        ]
      }),
  }
}

/** From the beginning of a log that neither broker holds in memory, and at the end while it is written. */
function consuming(recordName: string, recordBytes: number): Scenario {
  return {
    name: `consume ${recordName}`,
    runs: 5,
    measure: (peer, tools) =>
      withPeer(peer, async (started) => {
        const topic = 'measured'
        await createTopics(started, [{ name: topic, partitions: 8 }])
        const records = Math.round(producedBytes / recordBytes)
        const run = { topic, records, recordBytes, compression: 'none' } as const
        await tools.produce(started, run)
        const figures: Figure[] = []
        const cold = dropPageCache() ? 'cold' : 'warm'
        const before = processorSeconds(pidOf(started))
        const name = `consume ${recordName} from the beginning, page cache ${cold}`
        const first = await tools.consume(started, { topic, records, from: 'beginning' })
        const used = processorSeconds(pidOf(started)) - before
        figures.push({ what: name, unit: 'MB/s', value: first })
        figures.push({ what: `${name}: processor`, unit: 'ms CPU/MB', value: perMegabyte(used) })
        const again = await tools.consume(started, { topic, records, from: 'beginning' })
        figures.push({ what: `consume ${recordName}, read again`, unit: 'MB/s', value: again })

        const memory = watchMemory(pidOf(started))
        // The consumer wants less than is written while it reads: it joins after the first records.
        const wanted = Math.round(records / 2)
        const reading = tools.consume(started, { topic, records: wanted, from: 'end' })
        const untilRead = reading.then(() => true)
        let isRead = false
        while (!isRead) {
          await tools.produce(started, run)
          isRead = await Promise.race([untilRead, Promise.resolve(false)])
        }
        const tail = `consume ${recordName} at the tail, while producing`
        figures.push({ what: tail, unit: 'MB/s', value: await reading })
        figures.push({ what: `memory, ${tail}`, unit: 'MiB', value: memory.stop() })
        return figures
      }),
  }
}

function perMegabyte(seconds: number): number {
  return (seconds * 1000) / (producedBytes / megabyte)
}

function count(partitions: number): string {
  return partitions === 1 ? '1 partition' : `${partitions} partitions`
}

export const throughputScenarios: readonly Scenario[] = [
  ...produceScenarios,
  largeBatches,
  consuming('100 B', 100),
  consuming('1 KiB', 1024),
  consuming('10 KiB', 10_240),
]
