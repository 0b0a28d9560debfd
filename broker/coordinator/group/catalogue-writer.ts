/**
 * Writes what the coordinator stores, in the order in which it was given.
 *
 * One call is in flight at a time. What arrives meanwhile waits, and neighbours of one kind go into
 * one call: thousands of consumers that commit every second cost a few commits of the database.
 */
import type {
  CatalogueStore,
  CommittedOffset,
  GroupRecord,
  OffsetKey,
} from '../../storage/storage.ts'

export interface CatalogueWriter {
  putOffsets(offsets: readonly CommittedOffset[], outcome: Outcome): void
  putGroup(group: GroupRecord, outcome: Outcome): void
  deleteOffsets(keys: readonly OffsetKey[], outcome: Outcome): void
  /** Their offsets go with them. */
  deleteGroups(groupIds: readonly string[], outcome: Outcome): void
}

/** Called once, in the order of the writes; the next write is not begun before it returns. */
export interface Outcome {
  stored(): void
  failed(error: unknown): void
}

/** The arguments of one call, and whom to tell. */
interface Write {
  readonly outcomes: Outcome[]
  run(): Promise<void>
}

export function createCatalogueWriter(
  catalogue: CatalogueStore,
  tenantId: string,
): CatalogueWriter {
  const queue: Write[] = []
  let isWriting = false

  async function drain(): Promise<void> {
    isWriting = true
    for (let write = queue.shift(); write !== undefined; write = queue.shift()) {
      const error = await write.run().then(
        () => null,
        (reason: unknown) => ({ reason }),
      )
      for (const outcome of write.outcomes) {
        if (error === null) outcome.stored()
        else outcome.failed(error.reason)
      }
    }
    isWriting = false
  }

  /** One kind of write: rows of equal key replace each other, and the last one counts. */
  function gathered<T>(keyOf: (row: T) => string, run: (rows: readonly T[]) => Promise<void>) {
    let last: { readonly write: Write; readonly rows: Map<string, T> } | null = null
    return (rows: readonly T[], outcome: Outcome): void => {
      if (last === null || queue.at(-1) !== last.write) {
        const gatheredRows = new Map<string, T>()
        const write = { outcomes: [], run: () => run([...gatheredRows.values()]) }
        last = { write, rows: gatheredRows }
        queue.push(write)
      }
      for (const row of rows) last.rows.set(keyOf(row), row)
      last.write.outcomes.push(outcome)
      if (!isWriting) void drain()
    }
  }

  const putGroups = gathered<GroupRecord>(
    (row) => row.groupId,
    (rows) => catalogue.putGroups(rows),
  )
  return {
    putOffsets: gathered<CommittedOffset>(keyOfOffset, (rows) => catalogue.putOffsets(rows)),
    putGroup: (group, outcome) => putGroups([group], outcome),
    deleteOffsets: gathered<OffsetKey>(keyOfOffset, (rows) => catalogue.deleteOffsets(rows)),
    deleteGroups: gathered<string>(
      (groupId) => groupId,
      (groupIds) => catalogue.deleteGroups(tenantId, groupIds),
    ),
  }
}

function keyOfOffset({ groupId, topicId, partition }: OffsetKey): string {
  return JSON.stringify([groupId, topicId, partition ?? null])
}
