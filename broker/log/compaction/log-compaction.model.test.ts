import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batchesIn, COMPRESSIONS } from '../../protocol/record-batch.ts'
import { decodeRecords, encodeCompressedBatch, type KafkaRecord } from '../../protocol/records.ts'
import { openPrismaStorage } from '../../storage/prisma/storage.ts'
import type { LogConfig } from '../log-config.ts'
import type { PartitionLog } from '../partition-log.ts'
import { DEFAULT_LOG_CONFIG, granted, type OpenLogs, openLogs } from '../testing/open-log.ts'
import {
  createUnreliableLogStore,
  type UnreliableLogStore,
} from '../testing/unreliable-log-store.ts'
import { openCleanerThread } from './cleaner-thread.ts'
import type { OpenCleaner } from './round.ts'

/**
 * Runs random histories of a compacted log against the list of everything that was ever appended.
 * After every step whoever reads the log must come to the state that the whole list leads to, and
 * whatever is missing must have a reason.
 */
type Step =
  | {
      readonly kind: 'append'
      readonly records: readonly (readonly [key: number, value: number | null])[]
      readonly compression: (typeof COMPRESSIONS)[number]
      readonly producer: number | null
    }
  | { readonly kind: 'compact' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'fullDisk' }
  | { readonly kind: 'repeat'; readonly producer: number }
  | { readonly kind: 'deleteBefore'; readonly at: number }
  | { readonly kind: 'reopen' }

const record = fc.tuple(
  fc.integer({ min: 0, max: 5 }),
  fc.option(fc.integer({ min: 0, max: 60 }), { freq: 3 }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      records: fc.array(record, { minLength: 1, maxLength: 6 }),
      compression: fc.constantFrom(...COMPRESSIONS),
      producer: fc.option(fc.integer({ min: 1, max: 2 })),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'compact' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: 4000 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'fullDisk' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('repeat' as const),
      producer: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deleteBefore' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
)

const DELETE_RETENTION_MS = 3000

const CONFIG: LogConfig = {
  ...DEFAULT_LOG_CONFIG,
  isCompacted: true,
  segmentBytes: 300,
  segmentMs: 6000,
  minCleanableRatio: 0,
  deleteRetentionMs: DELETE_RETENTION_MS,
}

/** Room for some chunks, not for all of them. */
const CACHE_BYTES = 60_000

interface Appended {
  readonly offset: number
  readonly timestampMs: number
  readonly key: string
  readonly value: string | null
}

interface LastBatch {
  readonly bytes: Uint8Array
  readonly baseOffset: number
  readonly nextSequence: number
}

class World {
  open: OpenLogs
  log: PartitionLog
  readonly partitionId: number
  readonly openCleaner: OpenCleaner | undefined
  readonly appended: Appended[] = []
  readonly producers = new Map<number, LastBatch>()
  logStart = 0

  constructor(open: OpenLogs, partitionId: number, openCleaner: OpenCleaner | undefined) {
    this.open = open
    this.partitionId = partitionId
    this.openCleaner = openCleaner
    this.log = open.logs.open(partitionId, () => CONFIG)
  }

  async append({ records, compression, producer }: Extract<Step, { kind: 'append' }>) {
    const nowMs = this.open.clock.nowMs()
    const made = records.map(([key, size], n) => ({
      timestampMs: nowMs + ((key * 7 + n) % 5),
      key: Buffer.from(`key-${key}`),
      value: size === null ? null : Buffer.from(`${this.appended.length}:${'v'.repeat(size)}`),
    }))
    const baseSequence = this.producers.get(producer ?? -1)?.nextSequence ?? 0
    const bytes = await encodeCompressedBatch(made, compression, {
      timestampMs: nowMs,
      ...(producer === null ? {} : { producerId: producer, producerEpoch: 0, baseSequence }),
    })
    const sent = Uint8Array.from(bytes)
    const { baseOffset } = granted(await this.log.append(bytes))
    for (const [n, { timestampMs, key, value }] of made.entries()) {
      const appended = { offset: baseOffset + n, timestampMs, key: `${key}` }
      this.appended.push({ ...appended, value: value === null ? null : `${value}` })
    }
    if (producer !== null) {
      const nextSequence = baseSequence + records.length
      this.producers.set(producer, { bytes: sent, baseOffset, nextSequence })
    }
  }

  /** As a client does that got no answer. */
  async repeat({ producer }: Extract<Step, { kind: 'repeat' }>) {
    const last = this.producers.get(producer)
    if (last === undefined) return
    const outcome = granted(await this.log.append(Uint8Array.from(last.bytes)))
    expect(outcome).toMatchObject({ duplicate: true, baseOffset: last.baseOffset })
  }

  async compact() {
    await this.open.logs.compact()
    expect(this.open.failures).toEqual([])
  }

  async fullDisk() {
    this.open.storage.fill()
    await this.open.logs.compact()
    this.open.storage.free()
    this.open.failures.length = 0
  }

  wait({ ms }: Extract<Step, { kind: 'wait' }>) {
    this.open.clock.advance(ms)
  }

  async deleteBefore({ at }: Extract<Step, { kind: 'deleteBefore' }>) {
    const target = Math.round(at * this.log.highWatermark)
    const moved = granted(await this.log.deleteRecords(target))
    this.logStart = Math.max(this.logStart, target)
    expect(moved).toBe(this.logStart)
  }

  async reopen() {
    await this.open.logs.close()
    const { storage, clock } = this.open
    this.open = await openLogs({ storage, clock }, CACHE_BYTES, this.openCleaner)
    this.log = this.open.logs.open(this.partitionId, () => CONFIG)
  }
}

async function check(world: World): Promise<void> {
  const { log, appended, open } = world
  expect([log.logStartOffset, log.highWatermark, log.nextOffset]).toEqual([
    world.logStart,
    appended.length,
    appended.length,
  ])
  const found = await readRecords(log, log.logStartOffset)
  const left = found.map(plain)
  expect(left).toEqual(left.map(({ offset }) => appended[offset]))

  const nowMs = open.clock.nowMs()
  const last = new Map(appended.map((one) => [one.key, one]))
  const offsets = new Set(left.map(({ offset }) => offset))
  for (const one of appended.slice(world.logStart)) {
    if (offsets.has(one.offset)) continue
    const isSuperseded = last.get(one.key) !== one
    const isOver = one.value === null && one.timestampMs + DELETE_RETENTION_MS <= nowMs + 5
    expect(isSuperseded || isOver, `offset ${one.offset} is missing`).toBe(true)
  }
  // Nothing deleted comes back: who reads all of it ends with what the whole list leads to.
  const state = new Map(left.map(({ key, value }) => [key, value]))
  for (const [key, { offset, value }] of last) {
    if (offset >= world.logStart) expect(state.get(key) ?? null, key).toBe(value)
  }
  await checkPlaces(world, left)
}

/** Reading from any offset, searching by time, and sizes. */
async function checkPlaces({ log, open, partitionId }: World, left: readonly Appended[]) {
  for (let offset = log.logStartOffset; offset < log.highWatermark; offset += 3) {
    const [next] = await readRecords(log, offset, 1)
    expect(next?.offset).toBe(left.find((one) => one.offset >= offset)?.offset)
  }
  for (const { timestampMs } of left.slice(-3)) {
    const first = left.find((one) => one.timestampMs >= timestampMs)
    expect(granted(await log.findTimestamp(timestampMs))?.offset).toBe(first?.offset)
  }
  const chunks = await open.storage.list(partitionId, 0, 10_000)
  expect(log.sizeBytes).toBe(chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0))
  const stored = (await open.storage.load()).find((row) => row.partitionId === partitionId)
  expect(log.sizeBytes).toBe(stored?.sizeBytes ?? 0)
}

/** As a consumer reads: from batch end to batch end, a little at a time. Stops after `count` records. */
async function readRecords(
  log: PartitionLog,
  offset: number,
  count = Number.POSITIVE_INFINITY,
): Promise<KafkaRecord[]> {
  const found: KafkaRecord[] = []
  for (let next = offset; next < log.highWatermark && found.length < count; ) {
    const slice = granted(await log.read(next, { maxBytes: 200, atLeastOneBatch: true }))
    const before = next
    for (const bytes of slice.records) {
      for (const header of batchesIn(bytes)) {
        const records = await decodeRecords(bytes, header)
        found.push(...records.filter((one) => one.offset >= next))
        next = Math.max(next, header.baseOffset + header.lastOffsetDelta + 1)
      }
    }
    expect(next, `reading goes on from ${before}`).toBeGreaterThan(before)
  }
  return found.slice(0, count)
}

function plain({ offset, timestampMs, key, value }: KafkaRecord): Appended {
  return { offset, timestampMs, key: `${key}`, value: value === null ? null : `${value}` }
}

interface Setting {
  readonly runs: number
  readonly storage?: () => UnreliableLogStore
  readonly openCleaner?: OpenCleaner
}

async function checkHistories({ runs, storage, openCleaner }: Setting): Promise<void> {
  let partitionId = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const from = storage === undefined ? {} : { storage: storage() }
      const world = new World(
        await openLogs(from, CACHE_BYTES, openCleaner),
        ++partitionId,
        openCleaner,
      )
      for (const next of steps) {
        // Each kind names the method that takes it, which TypeScript does not follow through a union.
        await (world[next.kind] as (step: Step) => unknown).call(world, next)
        await check(world)
      }
      await world.open.logs.close()
    }),
    { numRuns: runs },
  )
}

const runs = Number(process.env.MODEL_RUNS ?? 60)

it('a compacted log leads every reader to what was written, through any history', () =>
  checkHistories({ runs }))

it('so does one on disk, cleaned by a thread', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-compaction-'))
  const storage = await openPrismaStorage({ dataDir })
  try {
    await checkHistories({
      runs: Math.ceil(runs / 30),
      storage: () => createUnreliableLogStore(storage.log),
      openCleaner: openCleanerThread,
    })
  } finally {
    await storage.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 120_000)

it('readers get to the end of a log in which nothing is left', async () => {
  const open = await openLogs()
  const log = open.logs.open(1, () => CONFIG)
  const options = { timestampMs: open.clock.nowMs() }
  for (const value of [Buffer.from('v'), null]) {
    const batch = await encodeCompressedBatch([{ key: Buffer.from('a'), value }], 'none', options)
    granted(await log.append(batch))
  }
  open.clock.advance(CONFIG.segmentMs + 1)
  await open.logs.compact()
  expect((await readRecords(log, 0)).map(({ offset }) => offset)).toEqual([1])
  open.clock.advance(DELETE_RETENTION_MS)
  await open.logs.compact()
  // The header of the last batch is left, and its end is the log's.
  expect(await readRecords(log, 0)).toEqual([])
  expect(granted(await log.findTimestamp(0))).toBeNull()
  expect(log.highWatermark).toBe(2)
  await open.logs.close()
})

it('a log without a key that comes twice is left alone', async () => {
  const open = await openLogs()
  const log = open.logs.open(1, () => CONFIG)
  for (let n = 0; n < 20; n++) {
    const records = [{ key: Buffer.from(`${n}`), value: Buffer.alloc(500) }]
    const options = { timestampMs: open.clock.nowMs() }
    granted(await log.append(await encodeCompressedBatch(records, 'none', options)))
  }
  const before = log.sizeBytes
  await open.logs.compact()
  expect(log.sizeBytes).toBe(before)
  expect(log.compaction.cleanOffset).toBeGreaterThan(0)
  await open.logs.close()
})
