import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../errors.ts'
import type { PartitionLog } from './partition-log.ts'
import { batchOf, DEFAULT_LOG_CONFIG, openLogs, readAll } from './testing/open-log.ts'
import type { HeldWrites } from './testing/unreliable-log-store.ts'

/**
 * Appends to several partitions without waiting, while the disk fills, frees and stalls at random
 * moments. What was acknowledged must be there once, at its offset, in the order of sending; what was
 * refused must not be there at all.
 */
const partition = fc.integer({ min: 1, max: 3 })
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('append' as const), partition }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'turn' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'fill' as const }, { kind: 'free' as const }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'hold' as const }, { kind: 'release' as const }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteRecords' as const), partition }) },
)

interface Sent {
  readonly partition: number
  readonly value: string
  readonly outcome: ReturnType<PartitionLog['append']>
}

it('what is acknowledged is stored once and in order, whatever the disk does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 150 }), async (steps) => {
      const { logs, storage } = await openLogs()
      const open = new Map([1, 2, 3].map((id) => [id, logs.open(id, () => DEFAULT_LOG_CONFIG)]))
      const sent: Sent[] = []
      let held: HeldWrites | null = null
      for (const [n, next] of steps.entries()) {
        if (next.kind === 'append') {
          const log = open.get(next.partition)
          if (log === undefined) continue
          const value = `${n}`
          sent.push({ ...next, value, outcome: log.append(batchOf({ values: [value] })) })
        } else if (next.kind === 'turn') await new Promise(setImmediate)
        else if (next.kind === 'fill') storage.fill()
        else if (next.kind === 'free') storage.free()
        else if (next.kind === 'hold') held ??= storage.hold()
        else if (next.kind === 'deleteRecords') void open.get(next.partition)?.deleteRecords(-1)
        else {
          held?.release()
          held = null
        }
      }
      held?.release()
      await logs.flush()

      const acknowledged = new Map<number, { offset: number; value: string }[]>()
      for (const { partition, value, outcome } of sent) {
        const result = await outcome
        if (isRefusal(result)) {
          expect(result.error).toBe('KAFKA_STORAGE_ERROR')
        } else {
          const list = acknowledged.get(partition) ?? []
          acknowledged.set(partition, [...list, { offset: result.baseOffset, value }])
        }
      }
      for (const [id, log] of open) {
        const all = acknowledged.get(id) ?? []
        expect(all.map(({ offset }) => offset)).toEqual(all.map((_, offset) => offset))
        expect(await readAll(log)).toEqual(all.filter(({ offset }) => offset >= log.logStartOffset))
        expect([log.highWatermark, log.nextOffset]).toEqual([all.length, all.length])
      }
      expect(logs.pendingBytes).toBe(0)
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 200) },
  )
})
