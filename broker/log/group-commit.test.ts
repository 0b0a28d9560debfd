import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES_MAX, PENDING_BYTES_HIGH, TRANSACTION_BYTES_MAX } from './log-limits.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLogs, readAll } from './testing/open-log.ts'

async function openTwo() {
  const open = await openLogs()
  const [first, second] = [1, 2].map((id) => open.logs.open(id, () => DEFAULT_LOG_CONFIG))
  if (first === undefined || second === undefined) throw new Error('Two logs were asked for.')
  return { ...open, first, second }
}

describe('transactions', () => {
  it('gather what arrives while one is written, as one chunk of each partition', async () => {
    const { storage, logs, first, second } = await openTwo()
    const held = storage.hold()
    const appends = [first.append(batchOf({ values: ['a'] }))]
    await held.reached
    for (const value of ['b', 'c', 'd']) {
      appends.push(first.append(batchOf({ values: [value] })))
      appends.push(second.append(batchOf({ values: [value] })))
    }
    held.release()
    await logs.flush()
    expect(storage.writes.map((write) => write.chunks.length)).toEqual([1, 2])
    const outcomes = (await Promise.all(appends)).map((outcome) => granted(outcome).baseOffset)
    expect(outcomes).toEqual([0, 1, 0, 2, 1, 3, 2])
    expect((await readAll(first)).map(({ value }) => value)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('hold at most their bound, in chunks of at most theirs', async () => {
    const { storage, logs, first, second } = await openTwo()
    const value = 'x'.repeat(300_000)
    for (let n = 0; n < 30; n++) {
      void first.append(batchOf({ values: [value] }))
      void second.append(batchOf({ values: [value] }))
    }
    await logs.flush()
    for (const { chunks } of storage.writes) {
      const sizes = chunks.map((chunk) => chunk.sizeBytes)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(CHUNK_BYTES_MAX)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(TRANSACTION_BYTES_MAX)
    }
    expect((await readAll(second)).length).toBe(30)
  })

  it('take a batch that is larger than a chunk or a transaction alone', async () => {
    const config = { ...DEFAULT_LOG_CONFIG, maxMessageBytes: 8 * 1024 * 1024 }
    const open = await openLogs()
    const log = open.logs.open(1, () => config)
    const sizes = [10, 2 * 1024 * 1024, 10, 5 * 1024 * 1024, 10]
    const appends = sizes.map((size) => log.append(batchOf({ values: ['y'.repeat(size)] })))
    const offsets = (await Promise.all(appends)).map((outcome) => granted(outcome).baseOffset)
    expect(offsets).toEqual([0, 1, 2, 3, 4])
    expect((await readAll(log)).map(({ value }) => value.length)).toEqual(sizes)
  })

  it('write nothing that is visible before it is stored', async () => {
    const { storage, first } = await openTwo()
    const held = storage.hold()
    const append = first.append(batchOf({ values: ['a', 'b'] }))
    await held.reached
    expect([first.highWatermark, first.nextOffset]).toEqual([0, 2])
    expect(await readAll(first)).toEqual([])
    held.release()
    await append
    expect(first.highWatermark).toBe(2)
  })
})

describe('a write that fails', () => {
  it('fails everything pending of its partitions, and later appends work again', async () => {
    const { storage, logs, first, second, failures } = await openTwo()
    granted(await first.append(batchOf({ values: ['stored'] })))
    storage.fill()
    const held = storage.hold()
    const inFlight = first.append(batchOf({ values: ['lost'] }))
    await held.reached
    const queued = first.append(batchOf({ values: ['lost too'] }))
    const elsewhere = second.append(batchOf({ values: ['lives'] }))
    held.release()
    expect(await inFlight).toMatchObject({ error: 'KAFKA_STORAGE_ERROR' })
    storage.free()
    expect(await queued).toMatchObject({ error: 'KAFKA_STORAGE_ERROR' })
    expect(granted(await elsewhere).baseOffset).toBe(0)
    expect([first.nextOffset, first.highWatermark]).toEqual([1, 1])
    expect(failures).toHaveLength(1)

    expect(granted(await first.append(batchOf({ values: ['again'] }))).baseOffset).toBe(1)
    await logs.flush()
    expect((await readAll(first)).map(({ value }) => value)).toEqual(['stored', 'again'])
    expect(logs.pendingBytes).toBe(0)
  })

  it('lets an idempotent producer send the same batches again in the same order', async () => {
    const { storage, first } = await openTwo()
    const batches = [0, 1, 2].map((n) => ({
      values: [`v${n}`],
      producerId: 9,
      baseSequence: n,
    }))
    storage.fill()
    const lost = await Promise.all(batches.map((batch) => first.append(batchOf(batch))))
    expect(lost.map((outcome) => 'error' in outcome && outcome.error)).toEqual(
      Array(3).fill('KAFKA_STORAGE_ERROR'),
    )
    storage.free()
    // The fourth was under way when the first three failed; it must not overtake their retry.
    const early = await first.append(batchOf({ values: ['v3'], producerId: 9, baseSequence: 3 }))
    expect(early).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
    for (const batch of batches) granted(await first.append(batchOf(batch)))
    expect((await readAll(first)).map(({ value }) => value)).toEqual(['v0', 'v1', 'v2'])
  })

  it('answers a repetition of a batch as it answers the batch', async () => {
    const { storage, first } = await openTwo()
    const batch = { values: ['v'], producerId: 9, baseSequence: 0 }
    storage.fill()
    const held = storage.hold()
    const original = first.append(batchOf(batch))
    const repeated = first.append(batchOf(batch))
    held.release()
    expect(await original).toMatchObject({ error: 'KAFKA_STORAGE_ERROR' })
    expect(await repeated).toMatchObject({ error: 'KAFKA_STORAGE_ERROR' })
  })
})

describe('back-pressure', () => {
  it('is high while too much waits, and calls back once when half of it is stored', async () => {
    const { storage, logs, first } = await openTwo()
    const held = storage.hold()
    const value = 'z'.repeat(1_000_000)
    let reliefs = 0
    while (!logs.isHigh()) void first.append(batchOf({ values: [value] }))
    expect(logs.pendingBytes).toBeGreaterThanOrEqual(PENDING_BYTES_HIGH)
    logs.onRelief(() => {
      reliefs++
      expect(logs.pendingBytes).toBeLessThanOrEqual(PENDING_BYTES_HIGH / 2)
    })
    held.release()
    await logs.flush()
    expect(reliefs).toBe(1)
    expect(logs.pendingBytes).toBe(0)
  })

  it('ends when what waited is given up', async () => {
    const { storage, logs, first } = await openTwo()
    storage.hold()
    while (!logs.isHigh()) void first.append(batchOf({ values: ['z'.repeat(1_000_000)] }))
    const relief = new Promise<void>((resolve) => logs.onRelief(resolve))
    logs.drop([1])
    await relief
    expect(logs.isHigh()).toBe(false)
  })
})
