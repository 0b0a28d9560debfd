/** One record as the log holds it. `producer` and `number` are written in its value. */
export interface LoggedRecord {
  readonly partition: number
  readonly offset: number
  readonly hash: string
  readonly producer: string
  /** Counts a producer's records from 0 in the order in which it first sent them. */
  readonly number: number
}

/** One record as a client process was told that it is stored. */
export interface Acknowledgement {
  readonly producer: string
  readonly partition: number
  readonly offset: number
  readonly hash: string
}

/**
 * Compares a log with what its producers were told, and returns a sentence per breach, none where
 * the promise was kept:
 * - offsets of a partition are dense from the log's start on (`starts`, 0 where it is not there);
 * - every acknowledged record from there on stands where it was said to stand, with the same content;
 * - an idempotent producer, which resends until it is answered, finds each of its records in the
 *   log once and in the order sent. A plain producer may find one twice, but never none.
 */
export function checkLedger(
  log: readonly LoggedRecord[],
  acknowledged: readonly Acknowledgement[],
  idempotentProducers: ReadonlySet<string>,
  starts: ReadonlyMap<number, number> = new Map(),
): string[] {
  const isKept = ({ partition, offset }: Acknowledgement) => offset >= (starts.get(partition) ?? 0)
  return [
    ...holes(log, starts),
    ...brokenPromises(log, acknowledged.filter(isKept)),
    ...outOfSequence(log, idempotentProducers, starts),
  ]
}

function holes(log: readonly LoggedRecord[], starts: ReadonlyMap<number, number>): string[] {
  const nextOffsets = new Map(starts)
  const problems: string[] = []
  for (const { partition, offset } of log) {
    const expected = nextOffsets.get(partition) ?? 0
    if (offset !== expected)
      problems.push(`partition ${partition}: offset ${offset} where ${expected} is due`)
    nextOffsets.set(partition, offset + 1)
  }
  return problems
}

function brokenPromises(
  log: readonly LoggedRecord[],
  acknowledged: readonly Acknowledgement[],
): string[] {
  const hashes = new Map(log.map((record) => [`${record.partition}:${record.offset}`, record.hash]))
  const problems: string[] = []
  for (const { producer, partition, offset, hash } of acknowledged) {
    const stored = hashes.get(`${partition}:${offset}`)
    if (stored === hash) continue
    const finding = stored === undefined ? 'nothing' : 'another record'
    problems.push(
      `${producer} was promised partition ${partition} offset ${offset}: ${finding} is there`,
    )
  }
  return problems
}

function outOfSequence(
  log: readonly LoggedRecord[],
  producers: ReadonlySet<string>,
  starts: ReadonlyMap<number, number>,
): string[] {
  const nextNumbers = new Map<string, number>()
  const problems: string[] = []
  for (const { producer, number, partition, offset } of log) {
    if (!producers.has(producer)) continue
    // What came before the log's start is not known.
    const first = (starts.get(partition) ?? 0) > 0 ? number : 0
    const expected = nextNumbers.get(producer) ?? first
    if (number !== expected) {
      problems.push(
        `${producer}: record ${number} where ${expected} is due (${partition}:${offset})`,
      )
    }
    nextNumbers.set(producer, number + 1)
  }
  return problems
}
