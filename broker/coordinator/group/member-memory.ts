import type { Group } from './group.ts'
import type { Member } from './members.ts'

/** What a member takes beside what its client sent, and an id that was handed out. */
const MEMBER_BYTES = 512

/** What the members of a tenant's groups take in memory, about. Members that vanish count on for a while. */
export class MemberMemory {
  readonly #byGroup = new Map<string, number>()
  #sizeBytes = 0

  /** Of all groups. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** To be called when a group's members have changed. */
  weigh(group: Group): void {
    this.#put(group.groupId, weightOf(group))
  }

  forget(groupId: string): void {
    this.#put(groupId, 0)
  }

  #put(groupId: string, sizeBytes: number): void {
    this.#sizeBytes += sizeBytes - (this.#byGroup.get(groupId) ?? 0)
    if (sizeBytes === 0) this.#byGroup.delete(groupId)
    else this.#byGroup.set(groupId, sizeBytes)
  }
}

function weightOf({ members, pendingMembers, stagedAssignment }: Group): number {
  let sizeBytes = pendingMembers.size * MEMBER_BYTES
  for (const member of members.values()) sizeBytes += weightOfMember(member)
  for (const assignment of stagedAssignment?.values() ?? []) sizeBytes += assignment.length
  return sizeBytes
}

function weightOfMember({ clientId, protocols, assignment }: Member): number {
  return MEMBER_BYTES + clientId.length + sizeOfProtocols(protocols) + assignment.length
}

/** Bytes of what a member offers. */
export function sizeOfProtocols(protocols: Member['protocols']): number {
  return protocols.reduce((sum, { name, metadata }) => sum + name.length + metadata.length, 0)
}
