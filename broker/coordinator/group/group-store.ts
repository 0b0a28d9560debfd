import type { GroupRecord } from '../../storage/storage.ts'
import type { CatalogueWriter } from './catalogue-writer.ts'
import type { Group } from './group.ts'

/** Stores what of a group outlives its members: its generation, and since when it has none. */
export interface GroupStore {
  /** Calls `then` once, with whether the generation was stored. */
  putGeneration(group: Group, then: (isStored: boolean) => void): void
  /** Nobody waits for this: if it is lost, the group counts as empty from the next start. */
  putEmpty(group: Group): void
  /** Resolves with whether the group and its offsets are gone. */
  delete(group: Group): Promise<boolean>
}

export function createGroupStore(tenantId: string, writer: CatalogueWriter): GroupStore {
  function recordOf({ groupId, protocolType, generation, emptySinceMs }: Group): GroupRecord {
    return { tenantId, groupId, protocolType, generation, emptySinceMs }
  }

  return {
    putGeneration: (group, then) => writer.putGroup(recordOf(group), then),
    putEmpty: (group) => writer.putGroup(recordOf(group), () => {}),
    delete: ({ groupId }) =>
      new Promise((resolve) => {
        writer.deleteGroups([groupId], resolve)
      }),
  }
}
