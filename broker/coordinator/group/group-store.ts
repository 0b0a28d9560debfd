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

export interface GroupStoreParts {
  readonly tenantId: string
  readonly writer: CatalogueWriter
  readonly log: (line: string) => void
}

export function createGroupStore({ tenantId, writer, log }: GroupStoreParts): GroupStore {
  function recordOf({ groupId, protocolType, generation, emptySinceMs }: Group): GroupRecord {
    return { tenantId, groupId, protocolType, generation, emptySinceMs }
  }

  function outcome(group: Group, change: string, then: (isStored: boolean) => void) {
    return {
      stored: () => then(true),
      failed: (error: unknown) => {
        log(`Group ${group.groupId} in ${tenantId}: ${change} could not be stored: ${error}`)
        then(false)
      },
    }
  }

  return {
    putGeneration(group, then) {
      const change = `generation ${group.generation}`
      writer.putGroup(recordOf(group), outcome(group, change, then))
    },
    putEmpty(group) {
      writer.putGroup(
        recordOf(group),
        outcome(group, 'that it is empty', () => {}),
      )
    },
    delete: (group) =>
      new Promise((resolve) => {
        writer.deleteGroups([group.groupId], outcome(group, 'its deletion', resolve))
      }),
  }
}
