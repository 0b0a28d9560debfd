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
  putOffsets(offsets: readonly CommittedOffset[], ended: Ended): void
  putGroup(group: GroupRecord, ended: Ended): void
  deleteOffsets(keys: readonly OffsetKey[], ended: Ended): void
  /** Their offsets go with them. */
  deleteGroups(groupIds: readonly string[], ended: Ended): void
}

/** Called once, in the order of the writes; the next write is not begun before it returns. */
export type Ended = (isStored: boolean) => void

/** The arguments of one call, and whom to tell. */
interface Write {
  readonly waiting: Ended[]
  run(): Promise<void>
}

export interface CatalogueWriterParts {
  readonly tenantId: string
  readonly catalogue: CatalogueStore
  readonly log: (line: string) => void
}

export function createCatalogueWriter(parts: CatalogueWriterParts): CatalogueWriter {
  const { tenantId, catalogue } = parts
  const note = noteFailures(parts)
  const queue: Write[] = []
  let isWriting = false

  async function drain(): Promise<void> {
    isWriting = true
    for (let write = queue.shift(); write !== undefined; write = queue.shift()) {
      const isStored = await write.run().then(
        () => true,
        (reason: unknown) => note(reason),
      )
      if (isStored) note(null)
      for (const ended of write.waiting) ended(isStored)
    }
    isWriting = false
  }

  /** One kind of write: rows of equal key replace each other, and the last one counts. */
  function gathered<T>(keyOf: (row: T) => string, run: (rows: readonly T[]) => Promise<void>) {
    let last: { readonly write: Write; readonly rows: Map<string, T> } | null = null
    return (rows: readonly T[], ended: Ended): void => {
      if (last === null || queue.at(-1) !== last.write) {
        const gatheredRows = new Map<string, T>()
        const write = { waiting: [], run: () => run([...gatheredRows.values()]) }
        last = { write, rows: gatheredRows }
        queue.push(write)
      }
      for (const row of rows) last.rows.set(keyOf(row), row)
      last.write.waiting.push(ended)
      if (!isWriting) void drain()
    }
  }

  const putGroups = gathered<GroupRecord>(
    (row) => row.groupId,
    (rows) => catalogue.putGroups(rows),
  )
  return {
    putOffsets: gathered<CommittedOffset>(keyOfOffset, (rows) => catalogue.putOffsets(rows)),
    putGroup: (group, ended) => putGroups([group], ended),
    deleteOffsets: gathered<OffsetKey>(keyOfOffset, (rows) => catalogue.deleteOffsets(rows)),
    deleteGroups: gathered<string>(
      (groupId) => groupId,
      (groupIds) => catalogue.deleteGroups(tenantId, groupIds),
    ),
  }
}

/**
 * Says when writes begin to fail and when they work again. Clients try again as fast as they can, so
 * a line for each failure would fill the disk that is full already. Answers false for a failure.
 */
function noteFailures({ tenantId, log }: CatalogueWriterParts): (reason: unknown) => boolean {
  let failed = 0
  return (reason) => {
    if (reason !== null) {
      if (failed++ === 0) log(`Groups and offsets of ${tenantId} cannot be stored: ${reason}`)
      return false
    }
    if (failed > 0)
      log(`Groups and offsets of ${tenantId} are stored again, after ${failed} failed`)
    failed = 0
    return true
  }
}

function keyOfOffset({ groupId, topicId, partition }: OffsetKey): string {
  return JSON.stringify([groupId, topicId, partition ?? null])
}
