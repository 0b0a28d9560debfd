import type { Acknowledgement } from './check-ledger.ts'

/** One update of a key as its producer was told that it is stored. */
export interface AcknowledgedUpdate extends Acknowledgement {
  readonly key: string
  readonly isTombstone: boolean
}

/** One record that compaction left. */
export interface LeftRecord {
  readonly partition: number
  readonly offset: number
  readonly key: string
  /** Of key and value. */
  readonly hash: string
}

/** What an ever longer list of acknowledged updates comes to. */
export class CompactedLedger {
  readonly #hashes = new Map<string, string>()
  readonly #last = new Map<string, AcknowledgedUpdate>()

  take(acknowledged: readonly AcknowledgedUpdate[]): void {
    for (const update of acknowledged) {
      this.#hashes.set(`${update.partition}:${update.offset}`, update.hash)
      const before = this.#last.get(update.key)
      if (before === undefined || before.offset < update.offset) this.#last.set(update.key, update)
    }
  }

  /**
   * Compares a compacted log with what its producers were told, and returns a sentence per breach:
   * - offsets rise, and what is left of what was acknowledged stands where it was said to stand;
   * - the last record of each key is the last acknowledged update of it, or a later one;
   * - none may be left where that was a tombstone.
   */
  check(log: readonly LeftRecord[]): string[] {
    const lastLeft = new Map<string, LeftRecord>()
    const previous = new Map<number, number>()
    const problems: string[] = []
    for (const record of log) {
      const { partition, offset, key, hash } = record
      const before = previous.get(partition) ?? -1
      if (offset <= before) problems.push(`partition ${partition}: ${offset} follows ${before}`)
      previous.set(partition, offset)
      const promised = this.#hashes.get(`${partition}:${offset}`)
      if (promised !== undefined && promised !== hash) {
        problems.push(`partition ${partition} offset ${offset}: another record is there`)
      }
      lastLeft.set(key, record)
    }
    for (const [key, last] of this.#last) {
      const left = lastLeft.get(key)
      if (left === undefined ? last.isTombstone : left.offset >= last.offset) continue
      const what = last.isTombstone ? 'a tombstone' : 'a value'
      problems.push(
        `${key} was promised ${what} at ${last.partition}:${last.offset}, and ends at ${left?.offset ?? 'nothing'}`,
      )
    }
    return problems
  }
}
