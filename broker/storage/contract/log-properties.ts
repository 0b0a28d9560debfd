import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import { storageFailureCode } from '../failure.ts'
import type { LogStore } from '../storage.ts'
import { infoOf, PARTITIONS, snapshotAt } from './log-arguments.ts'
import { LogModel, sum } from './log-model.ts'
import { type Operation, operation } from './log-operations.ts'

/** Any sequence of operations answers as the model does, and leaves in storage what the model says. */
export function logProperties(subject: StorageUnderTest): void {
  test('any sequence of operations answers as a plain model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: STEPS_MAX, size: 'max' }), async (steps) => {
        // Every run begins with an empty log in the same storage, and no page of it is free.
        while ((await subject.storage().log.sweep([], 1000)) > 0);
        while ((await subject.storage().log.vacuum(1000)) > 0);
        // Memory never lets the event loop turn by itself.
        await new Promise((resolve) => setImmediate(resolve))
        const model = new LogModel()
        for (const { run } of steps) {
          await run(model, subject)
          await expectLoaded(model, subject.storage().log)
        }
        await expectWhole(model, subject.storage().log)
      }),
      { numRuns: subject.modelRuns },
    )
  }, 240_000)
}

const STEPS_MAX = 40

interface Step {
  readonly name: string
  run(model: LogModel, subject: StorageUnderTest): Promise<void>
  toString(): string
}

/** A step that a counterexample is told by. */
function named(name: string, run: Step['run']): Step {
  return { name, run, toString: () => name }
}

const partition = fc.constantFrom(...PARTITIONS)

/** Asked without waiting in between, they are carried out as if one had waited. */
const asked = fc.oneof(
  { weight: 4, arbitrary: operation.map((one) => [one]) },
  { weight: 1, arbitrary: fc.array(operation, { minLength: 2, maxLength: 8, size: 'max' }) },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 40,
    arbitrary: asked.map((operations) =>
      named(operations.map(({ name }) => name).join(' & '), (model, subject) =>
        askAll(operations, model, subject.storage().log),
      ),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        partition,
        bytes: fc.integer({ min: -1, max: 900 }),
        olderThanMs: fc.integer({ min: -1, max: 50 }),
        slice: fc.integer({ min: 1, max: 4 }),
        reopened: fc.constantFrom(true, ...Array<boolean>(11).fill(false)),
      })
      .map((rule) =>
        named(`retain ${JSON.stringify(rule)}`, (model, subject) => retain(rule, model, subject)),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        known: fc.subarray(PARTITIONS),
        limit: fc.integer({ min: 1, max: 5 }),
        reopened: fc.constantFrom(true, ...Array<boolean>(5).fill(false)),
      })
      .map((what) =>
        named(`sweep ${JSON.stringify(what)}`, (model, subject) => sweep(what, model, subject)),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 3 })
      .map((pages) =>
        named(`vacuum by ${pages}`, (_, { storage }) => vacuum(pages, storage().log)),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      named('reopen', async (model, subject) => {
        await subject.reopen()
        model.reopen()
        await expectWhole(model, subject.storage().log)
      }),
    ),
  },
)

async function askAll(operations: readonly Operation[], model: LogModel, log: LogStore) {
  const planned = operations.flatMap((one) => one.plan(model) ?? [])
  const answers = await Promise.all(planned.map(({ ask }) => outcomeOf(ask(log))))
  expect(answers).toEqual(planned.map(({ answer }) => plain(answer)))
}

interface RetentionRule {
  readonly partition: number
  /** Deletes the oldest chunk while without it there are so many; -1 for never. */
  readonly bytes: number
  /** Deletes the oldest chunk while all of it is older; -1 for never. */
  readonly olderThanMs: number
  /** How many chunks are looked at together. */
  readonly slice: number
  /** Whether the process ends after the first slice. */
  readonly reopened: boolean
}

/** As a log's retention does it: slice by slice, each with a snapshot of its producers. */
async function retain(rule: RetentionRule, model: LogModel, subject: StorageUnderTest) {
  const { partition: partitionId, bytes, olderThanMs, slice } = rule
  const row = model.rows.get(partitionId)
  if (row === undefined) return
  const isDue = (sizeBytes: number, oldest: { sizeBytes: number; maxTimestampMs: number }) =>
    (bytes >= 0 && sizeBytes - oldest.sizeBytes >= bytes) ||
    (oldest.maxTimestampMs >= 0 && oldest.maxTimestampMs < olderThanMs)

  const kept = model.of(partitionId)
  let { logStartOffset } = row
  for (let [oldest] = kept; oldest && isDue(sum(kept), oldest); [oldest] = kept) {
    logStartOffset = oldest.nextOffset
    kept.shift()
  }

  let { sizeBytes } = row
  let isReopenDue = rule.reopened
  for (;;) {
    const { log } = subject.storage()
    const oldest = await log.list(partitionId, 0, slice)
    let left = sizeBytes
    let cut = -1
    for (const chunk of oldest) {
      if (!isDue(left, chunk)) break
      left -= chunk.sizeBytes
      cut = chunk.nextOffset
    }
    if (cut <= 0) break
    const { nextOffset } = row
    const start = { partitionId, logStartOffset: cut, nextOffset, snapshot: snapshotAt(nextOffset) }
    sizeBytes = await log.truncateBefore(start)
    expect(sizeBytes).toBe(left)
    expect(sizeBytes).toBe(model.truncate(start))
    await expectLoaded(model, log)
    if (isReopenDue) {
      isReopenDue = false
      await subject.reopen()
      model.reopen()
    }
  }
  expect(sizeBytes).toBe(sum(kept))
  expect(await subject.storage().log.list(partitionId, 0, 1000)).toEqual(kept.map(infoOf))
  expect(model.rows.get(partitionId)?.logStartOffset).toBe(logStartOffset)
}

interface Sweep {
  readonly known: readonly number[]
  readonly limit: number
  /** Whether the process ends after the first slice. */
  readonly reopened: boolean
}

/** Slice by slice to the end; what is known is never touched meanwhile. */
async function sweep(
  { known, limit, reopened }: Sweep,
  model: LogModel,
  subject: StorageUnderTest,
) {
  let left = model.chunks.filter((chunk) => !known.includes(chunk.partitionId)).length
  model.sweep(known)
  let isReopenDue = reopened
  for (;;) {
    const deleted = await subject.storage().log.sweep(known, limit)
    expect(deleted).toBeLessThanOrEqual(limit)
    expect(deleted > 0).toBe(left > 0)
    left -= deleted
    const loaded = await subject.storage().log.load()
    const untouched = loaded.filter((row) => known.includes(row.partitionId))
    expect(untouched.sort(byPartition).map(plain)).toEqual(model.stored().map(plain))
    if (isReopenDue) {
      isReopenDue = false
      await subject.reopen()
      model.reopen()
    }
    if (deleted === 0) return
  }
}

/** Step by step until no page is free; a step gives back as many as it was told, and no more. */
async function vacuum(pages: number, log: LogStore) {
  let free = await log.vacuum(pages)
  while (free > 0) {
    expect(await log.vacuum(0)).toBe(free)
    const left = await log.vacuum(pages)
    expect(left).toBe(Math.max(0, free - pages))
    free = left
  }
}

/** What a start would be told: where each partition begins and ends, its size, producers and marks. */
async function expectLoaded(model: LogModel, log: LogStore): Promise<void> {
  const loaded = [...(await log.load())].sort(byPartition)
  expect(loaded.map(plain)).toEqual(model.stored().map(plain))
}

/** Every byte, every place and every time of every partition. */
async function expectWhole(model: LogModel, log: LogStore): Promise<void> {
  await expectLoaded(model, log)
  for (const partitionId of PARTITIONS) {
    const chunks = model.of(partitionId)
    expect(plain(await log.read(partitionId, 0, sum(chunks)))).toEqual(
      chunks.map((chunk) => plain({ ...infoOf(chunk), bytes: chunk.bytes })),
    )
    for (const { baseOffset, nextOffset, maxTimestampMs } of chunks) {
      const [holder] = await log.list(partitionId, nextOffset - 1, 1)
      expect(holder?.baseOffset).toBe(baseOffset)
      const found = await log.findByTimestamp(partitionId, maxTimestampMs)
      expect(found?.baseOffset).toBe(model.byTimestamp(partitionId, maxTimestampMs)?.baseOffset)
    }
    const largest = model.maxTimestamp(partitionId)
    expect(await log.findMaxTimestamp(partitionId)).toEqual(largest && infoOf(largest))
  }
}

function byPartition(a: { partitionId: number }, b: { partitionId: number }): number {
  return a.partitionId - b.partitionId
}

/** An answer as plain data; of a refusal its code. */
function outcomeOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(plain, (error: unknown) => ({ refused: storageFailureCode(error) ?? error }))
}

/** Bytes as text, whatever kind of array carries them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]))
}
