/**
 * How far a consumer group has read, and whether anything is missing of what it read: offsets follow
 * each other, and so do the numbers that each producer gives its records of a partition. Members of a
 * group share one, since a partition goes from one to another.
 */
export class ReadPositions {
  readonly #isCompacted: (topic: string) => boolean
  /** The next offset, by partition. */
  readonly #next = new Map<string, number>()
  /** The next number, by partition and producer. */
  readonly #numbers = new Map<string, number>()
  records = 0
  bytes = 0

  constructor(isCompacted: (topic: string) => boolean) {
    this.#isCompacted = isCompacted
  }

  nextOffset(partition: string): number {
    return this.#next.get(partition) ?? 0
  }

  /**
   * Takes what was fetched next, and returns what of it cannot be. What was read before may come
   * again, as after every rebalance.
   */
  take(topic: string, partition: number, batch: readonly ReadRecord[]): readonly Finding[] {
    const name = `${topic}-${partition}`
    const findings: Finding[] = []
    let previous: number | null = null
    for (const record of batch) {
      const { offset, value } = record
      if (previous !== null && offset <= previous) {
        findings.push({ kind: 'problem', text: `${name}: offset ${offset} follows ${previous}` })
      }
      previous = offset
      const expected = this.#next.get(name)
      if (expected !== undefined && offset < expected) continue
      this.#next.set(name, offset + 1)
      this.records++
      this.bytes += value?.length ?? 0
      if (this.#isCompacted(topic)) continue
      // A group begins at the log's start, wherever that is by then.
      const isGap = expected !== undefined && offset !== expected
      if (isGap) findings.push({ kind: 'gap', partition: name, from: expected, to: offset })
      findings.push(...this.#checkNumber(name, record, isGap))
    }
    return findings
  }

  #checkNumber(partition: string, record: ReadRecord, isAfterGap: boolean): readonly Finding[] {
    const [producer = '', text = ''] = record.value?.subarray(0, 40).toString().split('|') ?? []
    const number = Number(text)
    // What connectors write has no such numbers.
    if (text === '' || !Number.isSafeInteger(number)) return []
    const expected = this.#numbers.get(`${partition} ${producer}`)
    if (isAfterGap) {
      // Of every producer something may be gone.
      for (const known of this.#numbers.keys()) {
        if (known.startsWith(`${partition} `)) this.#numbers.delete(known)
      }
    }
    this.#numbers.set(`${partition} ${producer}`, number + 1)
    if (expected === undefined || isAfterGap || number === expected) return []
    const text_ = `${partition}: record ${number} of ${producer} at offset ${record.offset}, where ${expected} is due`
    return [{ kind: 'problem', text: text_ }]
  }
}

export interface ReadRecord {
  readonly offset: number
  readonly value: Buffer | null
}

export type Finding =
  | { readonly kind: 'problem'; readonly text: string }
  /** Right where the log began at `to` or later by then, else a loss. */
  | {
      readonly kind: 'gap'
      readonly partition: string
      readonly from: number
      readonly to: number
    }
