import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../errors.ts'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import type { LogConfig } from './log-config.ts'
import type { PartitionLog } from './partition-log.ts'
import {
  batchOf,
  DEFAULT_LOG_CONFIG,
  granted,
  type OpenLogs,
  openLogs,
  readAll,
} from './testing/open-log.ts'
import {
  createUnreliableLogStore,
  type UnreliableLogStore,
} from './testing/unreliable-log-store.ts'

/**
 * Runs random histories against a log and against an array of records. After every step the log must
 * say what the array says; reads must give whole batches from any offset on; and a log opened again
 * from storage must go on exactly where the last one stopped.
 */
type Step =
  | { readonly kind: 'append'; readonly sizes: readonly number[]; readonly producer: number | null }
  | { readonly kind: 'burst'; readonly batches: readonly (readonly number[])[] }
  | { readonly kind: 'repeat'; readonly producer: number; readonly back: number }
  | { readonly kind: 'gap'; readonly producer: number }
  | { readonly kind: 'bumpEpoch'; readonly producer: number }
  | { readonly kind: 'fullDisk'; readonly producer: number | null }
  | { readonly kind: 'deleteRecords'; readonly at: number }
  | { readonly kind: 'retention'; readonly bytes: number }
  | { readonly kind: 'read'; readonly at: number; readonly maxBytes: number }
  | { readonly kind: 'reopen' }

const sizes = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 4 })
const producer = fc.integer({ min: 1, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      sizes,
      producer: fc.option(producer),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('burst' as const),
      batches: fc.array(sizes, { minLength: 2, maxLength: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('repeat' as const),
      producer,
      back: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gap' as const), producer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bumpEpoch' as const), producer }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fullDisk' as const), producer: fc.option(producer) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deleteRecords' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('retention' as const),
      bytes: fc.integer({ min: 0, max: 3000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      at: fc.double({ min: -0.1, max: 1.1, noNaN: true }),
      maxBytes: fc.integer({ min: 0, max: 2000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
)

interface ModelBatch {
  readonly baseOffset: number
  readonly values: readonly string[]
}

interface ModelProducer {
  epoch: number
  /** Of this epoch, oldest first. */
  readonly batches: { readonly baseSequence: number; readonly batch: ModelBatch }[]
}

class World {
  open: OpenLogs
  log: PartitionLog
  config: LogConfig = DEFAULT_LOG_CONFIG
  readonly batches: ModelBatch[] = []
  readonly producers = new Map<number, ModelProducer>()
  logStart = 0
  next = 0
  #serial = 0

  constructor(open: OpenLogs, partitionId: number) {
    this.open = open
    this.log = open.logs.open(partitionId, () => this.config)
  }

  valuesOf(sizes: readonly number[]): string[] {
    return sizes.map((size) => `${this.#serial++}:`.padEnd(size, '.'))
  }

  producer(id: number): ModelProducer {
    const known = this.producers.get(id) ?? { epoch: 0, batches: [] }
    this.producers.set(id, known)
    return known
  }

  nextSequence(id: number): number {
    const last = this.producer(id).batches.at(-1)
    return last === undefined ? 0 : last.baseSequence + last.batch.values.length
  }

  /** What the producer sends next, as bytes, with the given values. */
  bytes(id: number | null, values: readonly string[], baseSequence?: number): Buffer {
    return batchOf({
      values,
      ...(id === null
        ? {}
        : {
            producerId: id,
            producerEpoch: this.producer(id).epoch,
            baseSequence: baseSequence ?? this.nextSequence(id),
          }),
    })
  }

  took(id: number | null, values: readonly string[]): ModelBatch {
    const batch = { baseOffset: this.next, values }
    if (id !== null) {
      this.producer(id).batches.push({ baseSequence: this.nextSequence(id), batch })
    }
    this.batches.push(batch)
    this.next += values.length
    return batch
  }

  /** Whole batches from the one that holds `offset` on. */
  expected(offset: number): { offset: number; value: string }[] {
    return this.batches
      .flatMap(({ baseOffset, values }) =>
        values.map((value, n) => ({ offset: baseOffset + n, value })),
      )
      .filter((record) => record.offset >= offset)
  }
}

const run: { [K in Step['kind']]: (world: World, step: Step & { kind: K }) => Promise<void> } = {
  async append(world, { sizes, producer }) {
    const values = world.valuesOf(sizes)
    const outcome = granted(await world.log.append(world.bytes(producer, values)))
    expect(outcome).toMatchObject({ duplicate: false, baseOffset: world.next })
    world.took(producer, values)
  },
  async burst(world, { batches }) {
    const appends = batches.map((sizes) => {
      const values = world.valuesOf(sizes)
      return {
        append: world.log.append(world.bytes(null, values)),
        batch: world.took(null, values),
      }
    })
    for (const { append, batch } of appends) {
      expect(granted(await append).baseOffset).toBe(batch.baseOffset)
    }
  },
  async repeat(world, { producer, back }) {
    const sent = world.producer(producer).batches.at(-back)
    if (sent === undefined) return
    const outcome = await world.log.append(
      world.bytes(producer, sent.batch.values, sent.baseSequence),
    )
    expect(outcome).toMatchObject(
      back <= 5
        ? { duplicate: true, baseOffset: sent.batch.baseOffset }
        : { error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' },
    )
  },
  async gap(world, { producer }) {
    if (world.producer(producer).batches.length === 0) return
    const outcome = await world.log.append(
      world.bytes(producer, ['x'], world.nextSequence(producer) + 1),
    )
    expect(outcome).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  },
  async bumpEpoch(world, { producer }) {
    const old = world.bytes(producer, ['old'])
    const state = world.producer(producer)
    const wasKnown = state.batches.length > 0
    state.epoch += 1
    state.batches.length = 0
    await run.append(world, { kind: 'append', sizes: [10], producer })
    if (wasKnown) {
      expect(await world.log.append(old)).toMatchObject({ error: 'INVALID_PRODUCER_EPOCH' })
    }
  },
  async fullDisk(world, { producer }) {
    const values = world.valuesOf([5, 5])
    world.open.storage.fill()
    const lost = await Promise.all([
      world.log.append(world.bytes(producer, values)),
      world.log.append(world.bytes(null, ['lost'])),
    ])
    expect(lost.map((outcome) => isRefusal(outcome) && outcome.error)).toEqual([
      'KAFKA_STORAGE_ERROR',
      'KAFKA_STORAGE_ERROR',
    ])
    world.open.storage.free()
    granted(await world.log.append(world.bytes(producer, values)))
    world.took(producer, values)
  },
  async deleteRecords(world, { at }) {
    const target = world.logStart + Math.floor(at * (world.next - world.logStart))
    expect(granted(await world.log.deleteRecords(target))).toBe(target)
    world.logStart = target
    expect(await world.log.deleteRecords(world.next + 1)).toMatchObject({
      error: 'OFFSET_OUT_OF_RANGE',
    })
  },
  async retention(world, { bytes }) {
    world.config = { ...DEFAULT_LOG_CONFIG, retentionBytes: bytes }
    const before = world.log.sizeBytes
    while (await world.log.enforceRetention());
    world.config = DEFAULT_LOG_CONFIG
    expect(world.log.sizeBytes).toBeGreaterThanOrEqual(Math.min(before, bytes))
    expect(world.log.logStartOffset).toBeGreaterThanOrEqual(world.logStart)
    // Retention deletes whole chunks, and only those may know where they end.
    expect([0, world.logStart, ...world.batches.map((b) => b.baseOffset), world.next]).toContain(
      world.log.logStartOffset,
    )
    world.logStart = world.log.logStartOffset
  },
  async read(world, { at, maxBytes }) {
    const offset = Math.floor(world.logStart + at * (world.next - world.logStart))
    const slice = await world.log.read(offset, { maxBytes, atLeastOneBatch: true })
    if (offset < world.logStart || offset > world.next) {
      expect(slice).toEqual({ error: 'OFFSET_OUT_OF_RANGE' })
      return
    }
    const { records, sizeBytes, nextOffset } = granted(slice)
    expect(records.reduce((sum, { length }) => sum + length, 0)).toBe(sizeBytes)
    const first = world.batches.find((b) => b.baseOffset + b.values.length > offset)
    if (first === undefined) {
      expect([sizeBytes, nextOffset]).toEqual([0, offset])
      return
    }
    expect(records[0] && Buffer.from(records[0]).readUInt32BE(4)).toBe(first.baseOffset)
    const firstBytes = records[0] ? 12 + Buffer.from(records[0]).readInt32BE(8) : 0
    expect(sizeBytes).toBeLessThanOrEqual(Math.max(maxBytes, firstBytes))
    expect(nextOffset).toBeGreaterThan(offset)
  },
  async reopen(world) {
    await world.open.logs.close()
    const { storage, clock } = world.open
    // A cache of one chunk makes reads go to storage.
    world.open = await openLogs({ storage, clock }, 2000)
    world.log = world.open.logs.open(world.log.partitionId, () => world.config)
  },
}

async function check(world: World): Promise<void> {
  const { log } = world
  expect({
    logStart: log.logStartOffset,
    highWatermark: log.highWatermark,
    next: log.nextOffset,
  }).toEqual({ logStart: world.logStart, highWatermark: world.next, next: world.next })
  expect(await readAll(log, undefined, 700)).toEqual(world.expected(world.logStart))
}

/** Runs histories, each in a partition of its own. */
async function checkHistories(numRuns: number, storage?: () => UnreliableLogStore): Promise<void> {
  let partitionId = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const open = await openLogs(storage === undefined ? {} : { storage: storage() })
      const world = new World(open, ++partitionId)
      for (const next of steps) {
        // `run` has one function for each kind, which TypeScript does not follow through a union.
        await (run[next.kind] as (world: World, step: Step) => Promise<void>)(world, next)
        await check(world)
      }
      await world.open.logs.close()
    }),
    { numRuns },
  )
}

const runs = Number(process.env.MODEL_RUNS ?? 200)

it('a log behaves like an array of records through any history', () => checkHistories(runs))

it('so does a log on disk', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-log-'))
  const storage = await openPrismaStorage({ dataDir })
  try {
    await checkHistories(Math.ceil(runs / 20), () => createUnreliableLogStore(storage.log))
  } finally {
    await storage.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
