import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import type { ChunkInfo } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'
import type { PartitionLog } from './partition-log.ts'
import {
  batchOf,
  DEFAULT_LOG_CONFIG,
  granted,
  type OpenLogs,
  openLogs,
} from './testing/open-log.ts'
import {
  createUnreliableLogStore,
  type UnreliableLogStore,
} from './testing/unreliable-log-store.ts'

/**
 * Runs random histories of appends and retention, by size and by time. What is deleted is said by what
 * storage listed before; what is left must be found by offset and by time, now and after a restart,
 * and no producer is forgotten with its records.
 */
type Step =
  | { readonly kind: 'append'; readonly batches: readonly Batch[]; readonly producer: boolean }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'retain'; readonly ms: number; readonly bytes: number }
  | { readonly kind: 'reopen' }

/** Of each record, how much older than now it says it is; null where it has no timestamp. */
type Batch = readonly (number | null)[]

/** Few different ones, so that many are just as old as they may be. */
const age = fc.integer({ min: 0, max: 9 }).map((n) => n * 100)
const batch: fc.Arbitrary<Batch> = fc.oneof(
  { weight: 9, arbitrary: fc.array(age, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant([null]) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      batches: fc.array(batch, { minLength: 1, maxLength: 3 }),
      producer: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: age }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('retain' as const),
      ms: fc.oneof(fc.constant(-1), age),
      bytes: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 800 })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
)

interface Stored {
  readonly offset: number
  readonly timestampMs: number
}

class World {
  open: OpenLogs
  log: PartitionLog
  config: LogConfig = DEFAULT_LOG_CONFIG
  records: readonly Stored[] = []
  logStart = 0
  next = 0
  /** The last batch of the idempotent producer, as it was sent and where it is. */
  last: { readonly bytes: Uint8Array; readonly baseOffset: number } | null = null
  #sequence = 0

  constructor(open: OpenLogs, partitionId: number) {
    this.open = open
    this.log = open.logs.open(partitionId, () => this.config)
  }

  /** Together, so that they may become one chunk. */
  async append({ batches, producer }: Extract<Step, { kind: 'append' }>) {
    const nowMs = this.open.clock.nowMs()
    const appends = batches.map((ages) => {
      const timestampsMs = ages.map((ageMs) => (ageMs === null ? -1 : nowMs - ageMs))
      const values = ages.map((_, n) => `${this.next + n}`)
      const id = producer ? { producerId: 7, baseSequence: this.#sequence } : {}
      // The base timestamp is the first record's.
      const bytes = batchOf({ values, timestampsMs, ...id }, timestampsMs[0])
      if (producer) {
        this.#sequence += values.length
        this.last = { bytes: Uint8Array.from(bytes), baseOffset: this.next }
      }
      const stored = timestampsMs.map((timestampMs, n) => ({ offset: this.next + n, timestampMs }))
      this.records = [...this.records, ...stored]
      this.next += values.length
      return this.log.append(bytes)
    })
    for (const append of appends) granted(await append)
  }

  async wait({ ms }: Extract<Step, { kind: 'wait' }>) {
    this.open.clock.advance(ms)
  }

  async retain({ ms, bytes }: Extract<Step, { kind: 'retain' }>) {
    const before = await this.chunks()
    const deleted = before.slice(0, deletedBy({ ms, bytes }, before, this.open.clock.nowMs()))
    this.config = { ...DEFAULT_LOG_CONFIG, retentionMs: ms, retentionBytes: bytes }
    while (await this.log.enforceRetention());
    this.config = DEFAULT_LOG_CONFIG
    this.logStart = deleted.at(-1)?.nextOffset ?? this.logStart
    this.records = this.records.filter(({ offset }) => offset >= this.logStart)
    expect(await this.chunks()).toEqual(before.slice(deleted.length))
  }

  async reopen() {
    await this.open.logs.close()
    const { storage, clock } = this.open
    this.open = await openLogs({ storage, clock }, 2000)
    this.log = this.open.logs.open(this.log.partitionId, () => this.config)
  }

  chunks(): Promise<readonly ChunkInfo[]> {
    return this.open.storage.list(this.log.partitionId, 0, 1000)
  }
}

/**
 * How many chunks go: up to the last that is due once all before it are gone, where whatever is not due
 * before it has no age of its own.
 */
function deletedBy(
  { ms, bytes }: { readonly ms: number; readonly bytes: number },
  chunks: readonly ChunkInfo[],
  nowMs: number,
): number {
  const sizeFrom = (at: number) => sumOfSizes(chunks.slice(at))
  const isDue = ({ maxTimestampMs }: ChunkInfo, at: number) =>
    (bytes >= 0 && sizeFrom(at + 1) >= bytes) ||
    (ms >= 0 && maxTimestampMs >= 0 && nowMs - maxTimestampMs > ms)
  const goesAlong = (chunk: ChunkInfo, at: number) =>
    isDue(chunk, at) || (ms >= 0 && chunk.maxTimestampMs < 0)
  let count = 0
  for (const [at, chunk] of chunks.entries()) {
    if (!goesAlong(chunk, at)) break
    if (isDue(chunk, at)) count = at + 1
  }
  return count
}

async function check(world: World): Promise<void> {
  const { log, open, records, logStart, next } = world
  const sizeBytes = sumOfSizes(await world.chunks())
  const stored = (await open.storage.load()).find((row) => row.partitionId === log.partitionId)
  expect({ start: log.logStartOffset, end: log.highWatermark, sizeBytes: log.sizeBytes }).toEqual({
    start: logStart,
    end: next,
    sizeBytes,
  })
  if (next > 0) {
    expect(stored).toMatchObject({ logStartOffset: logStart, nextOffset: next, sizeBytes })
  }
  const times = new Set(records.map(({ timestampMs }) => timestampMs))
  for (const timestampMs of [0, ...[...times].flatMap((one) => [one, one + 1])]) {
    const first = records.find((one) => one.timestampMs >= timestampMs)
    if (timestampMs >= 0)
      expect(granted(await log.findTimestamp(timestampMs))).toEqual(first ?? null)
  }
  const largestMs = Math.max(...times)
  const largest = records.find(({ timestampMs }) => timestampMs === largestMs)
  expect(granted(await log.findMaxTimestamp())).toEqual(largest ?? null)
  if (world.last !== null) {
    // Sent once more, its records deleted or not, it is still known.
    const again = granted(await log.append(Uint8Array.from(world.last.bytes)))
    expect(again).toMatchObject({ duplicate: true, baseOffset: world.last.baseOffset })
  }
}

function sumOfSizes(chunks: readonly ChunkInfo[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
}

async function checkHistories(numRuns: number, storage?: () => UnreliableLogStore): Promise<void> {
  let partitionId = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }),
      async (steps) => {
        const open = await openLogs(storage === undefined ? {} : { storage: storage() })
        const world = new World(open, ++partitionId)
        for (const next of steps) {
          // Each kind names the method that takes it, which TypeScript does not follow through a union.
          await (world[next.kind] as (step: Step) => Promise<void>).call(world, next)
          await check(world)
        }
        await world.open.logs.close()
      },
    ),
    { numRuns },
  )
}

const runs = Number(process.env.MODEL_RUNS ?? 40)

it('retention deletes what its rules say, and nothing else is lost by it', () =>
  checkHistories(runs))

it('so it does on disk', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-retention-'))
  const storage = await openPrismaStorage({ dataDir })
  try {
    await checkHistories(Math.ceil(runs / 12), () => createUnreliableLogStore(storage.log))
  } finally {
    await storage.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 60_000)
