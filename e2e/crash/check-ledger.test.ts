import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Acknowledgement, checkLedger, type LoggedRecord } from './check-ledger.ts'

const producers = new Set(['a', 'b'])

/** A log as it should be: two producers, one partition each, everything acknowledged. */
const honest = fc
  .array(fc.constantFrom('a', 'b'), { minLength: 2, maxLength: 40 })
  .map((writers) => {
    const counts = new Map<string, number>()
    const log: LoggedRecord[] = writers.map((producer) => {
      const number = counts.get(producer) ?? 0
      counts.set(producer, number + 1)
      const partition = producer === 'a' ? 0 : 1
      return { producer, number, partition, offset: number, hash: `${producer}${number}` }
    })
    return log
  })

const acknowledgementsOf = (log: readonly LoggedRecord[]): Acknowledgement[] =>
  log.map(({ producer, partition, offset, hash }) => ({ producer, partition, offset, hash }))

/** Lays the records of a partition out again, so that its offsets are dense as in a real log. */
function renumbered(log: readonly LoggedRecord[]): LoggedRecord[] {
  const next = new Map<number, number>()
  return log.map((record) => {
    const offset = next.get(record.partition) ?? 0
    next.set(record.partition, offset + 1)
    return { ...record, offset }
  })
}

describe('checkLedger', () => {
  it('accepts a log that kept every promise', () => {
    fc.assert(
      fc.property(honest, (log) => {
        expect(checkLedger(log, acknowledgementsOf(log), producers)).toEqual([])
      }),
    )
  })

  it('finds one lost record, wherever it was', () => {
    fc.assert(
      fc.property(honest, fc.nat(), (log, at) => {
        const lost = renumbered(log.filter((_, index) => index !== at % log.length))
        expect(checkLedger(lost, acknowledgementsOf(log), producers)).not.toEqual([])
      }),
    )
  })

  it('finds one doubled record, though nothing acknowledged is missing', () => {
    fc.assert(
      fc.property(honest, fc.nat(), (log, at) => {
        const index = at % log.length
        const doubled = renumbered(
          log.flatMap((record, i) => (i === index ? [record, record] : [record])),
        )
        // Only what stands before the double was acknowledged: its own offsets give nothing away.
        const acknowledged = acknowledgementsOf(log.slice(0, index))
        expect(checkLedger(doubled, acknowledged, producers)).not.toEqual([])
      }),
    )
  })

  it('expects nothing below the start of a log, and everything from there on', () => {
    fc.assert(
      fc.property(honest, fc.nat(), (log, at) => {
        const inFirst = log.filter(({ partition }) => partition === 0)
        fc.pre(inFirst.length > 1)
        const start = at % (inFirst.length - 1)
        const kept = log.filter(({ partition, offset }) => partition === 1 || offset >= start)
        const starts = new Map([[0, start]])
        const acknowledged = acknowledgementsOf(log)
        expect(checkLedger(kept, acknowledged, producers, starts)).toEqual([])
        const [lost, ...rest] = kept
        if (lost?.partition !== 0) return
        expect(checkLedger(rest, acknowledged, producers, starts)).not.toEqual([])
      }),
    )
  })

  it('finds two records that changed places, acknowledged or not', () => {
    fc.assert(
      fc.property(honest, (log) => {
        const first = log.findIndex((record) => record.producer === 'a')
        const second = log.findIndex((record, i) => i > first && record.producer === 'a')
        fc.pre(first >= 0 && second >= 0)
        const swapped = [...log]
        const [one, two] = [log[first], log[second]]
        if (one === undefined || two === undefined) return
        swapped[first] = { ...two, offset: one.offset }
        swapped[second] = { ...one, offset: two.offset }
        expect(checkLedger(swapped, acknowledgementsOf(log), producers)).not.toEqual([])
        expect(checkLedger(swapped, [], producers)).not.toEqual([])
      }),
    )
  })

  it('forgives a plain producer a record stored twice, but not one missing', () => {
    const log: LoggedRecord[] = [0, 0, 1].map((number, offset) => {
      return { producer: 'plain', number, partition: 0, offset, hash: `plain${number}` }
    })
    const acknowledged = acknowledgementsOf(log)
    expect(checkLedger(log, acknowledged, producers)).toEqual([])
    expect(checkLedger(log.slice(0, 2), acknowledged, producers)).not.toEqual([])
  })
})
