/**
 * Coordinates the consumer groups of one tenant: finds the group, runs a transition and performs its
 * effects. Any node may be asked; all share this one.
 *
 * Differs from Kafka: members are not stored. After a restart every member is told UNKNOWN_MEMBER_ID
 * and joins again; generations go on from where they were, and committed offsets are all there.
 */
import { randomUUID } from 'node:crypto'
import type { Clock, Timer } from '../../clock.ts'
import type { KafkaErrorName } from '../../errors.ts'
import { type GroupRules, groupRules } from '../../rules/groups.ts'
import type { CatalogueStore, CommittedOffset, GroupRecord } from '../../storage/storage.ts'
import type { TopicLookup } from '../topic-lookup.ts'
import { createCatalogueWriter } from './catalogue-writer.ts'
import { sync } from './completing-rebalance.ts'
import { type JoinAnswer, refusedJoin, refusedSync, type SyncAnswer } from './effects.ts'
import type { CommitEvent, HeartbeatEvent, JoinEvent, MemberIdentity, SyncEvent } from './events.ts'
import { createGroup, enterState, type Group } from './group.ts'
import { createGroupStore, type GroupStore } from './group-store.ts'
import { join } from './join.ts'
import { MemberMemory, sizeOfProtocols } from './member-memory.ts'
import { commit, heartbeat, leave, type Verdict } from './membership.ts'
import {
  OffsetStore,
  type OffsetToCommit,
  type TopicOffsets,
  type TopicPartition,
  type TopicPartitions,
} from './offset-store.ts'
import { createOffsetTable, type OffsetTable } from './offsets.ts'
import { createParking } from './parking.ts'
import { createPerformer, type Perform } from './performer.ts'
import { createGroupTimers, type GroupTimers } from './timers.ts'
import { type GroupCounts, type GroupView, viewOf } from './views.ts'

export interface GroupCoordinatorOptions {
  readonly tenantId: string
  readonly catalogue: CatalogueStore
  readonly clock: Clock
  readonly topics: TopicLookup
  /** Replaces some of `rules/groups.ts`. */
  readonly limits?: Partial<GroupRules>
  /** What the catalogue holds for this tenant. */
  readonly groups: readonly GroupRecord[]
  readonly offsets: readonly CommittedOffset[]
  readonly log?: (line: string) => void
}

export type JoinRequest = Omit<JoinEvent, 'replyTo' | 'newMemberId'>
export type SyncRequest = Omit<SyncEvent, 'replyTo'>

export interface LeaveResult {
  readonly error: KafkaErrorName
  /** In the order asked. */
  readonly members: readonly KafkaErrorName[]
}

export class GroupCoordinator {
  readonly #clock: Clock
  readonly #rules: GroupRules
  readonly #groups = new Map<string, Group>()
  readonly #memberMemory = new MemberMemory()
  readonly #timers: GroupTimers
  readonly #joins = createParking(refusedJoin('COORDINATOR_NOT_AVAILABLE', ''))
  readonly #syncs = createParking(refusedSync('COORDINATOR_NOT_AVAILABLE'))
  readonly #table: OffsetTable
  readonly #offsets: OffsetStore
  readonly #store: GroupStore
  readonly #perform: Perform
  #sweep: Timer | null = null
  #isClosed = false

  constructor(options: GroupCoordinatorOptions) {
    const { tenantId, catalogue, clock, topics } = options
    const log = options.log ?? ((line) => console.error(line))
    const rules = { ...groupRules, ...options.limits }
    const writer = createCatalogueWriter({ tenantId, catalogue, log })
    this.#clock = clock
    this.#rules = rules
    this.#table = createOffsetTable(options.offsets)
    const table = this.#table
    this.#offsets = new OffsetStore({ tenantId, clock, topics, rules, table, writer })
    this.#store = createGroupStore(tenantId, writer)
    this.#timers = createGroupTimers(clock)
    this.#perform = createPerformer({
      clock,
      rules,
      timers: this.#timers,
      joins: this.#joins,
      syncs: this.#syncs,
      store: this.#store,
      log: (line) => log(`In ${tenantId}: ${line}`),
    })
    this.#load(options.groups)
    this.#sweepLater()
  }

  /** Resolves when the join phase ends, or at once with what there is to say. */
  join(groupId: string, request: JoinRequest, closed: AbortSignal): Promise<JoinAnswer> {
    const { sessionTimeoutMs, memberId } = request
    const { sessionTimeoutMinMs, sessionTimeoutMaxMs } = this.#rules
    if (groupId === '') return Promise.resolve(refusedJoin('INVALID_GROUP_ID', memberId))
    if (sessionTimeoutMs < sessionTimeoutMinMs || sessionTimeoutMs > sessionTimeoutMaxMs) {
      return Promise.resolve(refusedJoin('INVALID_SESSION_TIMEOUT', memberId))
    }
    let group = this.#groups.get(groupId)
    if (!this.#hasRoomFor(group, sizeOfProtocols(request.protocols))) {
      return Promise.resolve(refusedJoin('GROUP_MAX_SIZE_REACHED', memberId))
    }
    if (group === undefined) {
      if (memberId !== '') return Promise.resolve(refusedJoin('UNKNOWN_MEMBER_ID', memberId))
      group = createGroup(groupId)
      // A request that is refused leaves no group behind.
      if (request.protocolType !== '' && request.protocols.length > 0) this.#add(group)
    }
    const { id, answered } = this.#joins.park(closed)
    const newMemberId = `${request.instanceId ?? request.clientId}-${randomUUID()}`
    this.#perform(group, join(group, { ...request, replyTo: id, newMemberId }, this.#rules))
    this.#memberMemory.weigh(group)
    return answered
  }

  /** Resolves when the leader has assigned, or at once with what there is to say. */
  sync(groupId: string, request: SyncRequest, closed: AbortSignal): Promise<SyncAnswer> {
    const refused = this.#refuse(groupId)
    const group = this.#groups.get(groupId)
    if (refused !== null || group === undefined) {
      return Promise.resolve(refusedSync(refused ?? 'UNKNOWN_MEMBER_ID'))
    }
    const assignedBytes = [...request.assignments.values()].reduce((sum, b) => sum + b.length, 0)
    if (!this.#hasRoomFor(group, assignedBytes)) {
      return Promise.resolve(refusedSync('GROUP_MAX_SIZE_REACHED'))
    }
    const { id, answered } = this.#syncs.park(closed)
    this.#perform(group, sync(group, { ...request, replyTo: id }))
    this.#memberMemory.weigh(group)
    return answered
  }

  heartbeat(groupId: string, event: HeartbeatEvent): KafkaErrorName {
    const group = this.#groups.get(groupId)
    const refused = this.#refuse(groupId)
    if (refused !== null || group === undefined) return refused ?? 'UNKNOWN_MEMBER_ID'
    return this.#pass(group, heartbeat(group, event))
  }

  leave(groupId: string, identities: readonly MemberIdentity[]): LeaveResult {
    const refused = this.#refuse(groupId)
    if (refused !== null) return { error: refused, members: [] }
    const group = this.#groups.get(groupId)
    if (group?.state === 'Dead') return { error: 'COORDINATOR_NOT_AVAILABLE', members: [] }
    const members = identities.map((identity) =>
      group === undefined
        ? 'UNKNOWN_MEMBER_ID'
        : this.#pass(group, leave(group, identity, this.#rules)),
    )
    if (group !== undefined) this.#memberMemory.weigh(group)
    return { error: 'NONE', members }
  }

  /**
   * Resolves when the offsets are stored, with an answer for each in the order given. What is said
   * to somebody with a generation of a group that is not there differs with the request's version.
   */
  async commitOffsets(
    groupId: string,
    event: CommitEvent & { readonly ifGroupIsUnknown: KafkaErrorName },
    offsets: readonly OffsetToCommit[],
  ): Promise<readonly KafkaErrorName[]> {
    if (this.#isClosed) return offsets.map(() => 'COORDINATOR_NOT_AVAILABLE')
    const known = this.#groups.get(groupId)
    if (known === undefined && event.generation >= 0) {
      return offsets.map(() => event.ifGroupIsUnknown)
    }
    if (known === undefined && this.#isFull) return offsets.map(() => 'GROUP_MAX_SIZE_REACHED')
    const group = known ?? createGroup(groupId)
    if (known === undefined) this.#add(group)
    const error = this.#pass(group, commit(group, event))
    if (error !== 'NONE') return offsets.map(() => error)
    const answers = await this.#offsets.commit(groupId, offsets)
    // A commit of which nothing was taken leaves no group behind.
    if (known === undefined && this.#isUnused(group)) this.#groups.delete(groupId)
    return answers
  }

  /** Committed offsets; of every topic where `topics` is null. An unknown group has none. */
  fetchOffsets(groupId: string, topics: readonly TopicPartitions[] | null): TopicOffsets[] {
    return this.#offsets.fetch(groupId, topics)
  }

  async deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
  ): Promise<KafkaErrorName | readonly KafkaErrorName[]> {
    const group = this.#groups.get(groupId)
    if (group === undefined || group.state === 'Dead') return 'GROUP_ID_NOT_FOUND'
    if (group.members.size > 0 && group.protocolType !== 'consumer') return 'NON_EMPTY_GROUP'
    return await this.#offsets.delete(group, partitions)
  }

  /** Deletes groups without members, and their offsets; answers for each in the order given. */
  async deleteGroups(groupIds: readonly string[]): Promise<readonly KafkaErrorName[]> {
    return await Promise.all(
      groupIds.map(async (groupId) => {
        const group = this.#groups.get(groupId)
        if (group === undefined || group.state === 'Dead') return 'GROUP_ID_NOT_FOUND'
        if (group.state !== 'Empty') return 'NON_EMPTY_GROUP'
        return (await this.#delete(group)) ? 'NONE' : 'COORDINATOR_NOT_AVAILABLE'
      }),
    )
  }

  /** A group as data, or undefined where there is none. */
  describe(groupId: string): GroupView | undefined {
    const group = this.#groups.get(groupId)
    return group === undefined || group.state === 'Dead' ? undefined : viewOf(group)
  }

  describeAll(): GroupView[] {
    return [...this.#groups.values()].filter(({ state }) => state !== 'Dead').map(viewOf)
  }

  counts(): GroupCounts {
    const groups = [...this.#groups.values()]
    return {
      groups: groups.length,
      members: groups.reduce((sum, { members }) => sum + members.size, 0),
      offsets: this.#table.size,
      parkedRequests: this.#joins.size + this.#syncs.size,
      timers: this.#timers.size,
    }
  }

  /** The topic is gone, and storage has dropped its offsets with it. */
  topicDeleted(topicId: string): void {
    this.#table.removeTopic(topicId)
  }

  /** Stops timers and answers who waits. Writes under way go on; nothing new is taken. */
  close(): void {
    this.#isClosed = true
    this.#sweep?.cancel()
    this.#timers.close()
    this.#joins.close()
    this.#syncs.close()
  }

  #pass(group: Group, { error, effects }: Verdict): KafkaErrorName {
    this.#perform(group, effects)
    return error
  }

  /** The group is dead to clients while its deletion is being stored, and lives on if that fails. */
  async #delete(group: Group): Promise<boolean> {
    enterState(group, 'Dead')
    group.pendingMembers.clear()
    this.#timers.disarmAll(group.groupId)
    const isDeleted = await this.#store.delete(group)
    if (isDeleted) {
      this.#groups.delete(group.groupId)
      this.#memberMemory.forget(group.groupId)
      this.#table.removeGroup(group.groupId)
    } else {
      enterState(group, 'Empty')
    }
    return isDeleted
  }

  #load(records: readonly GroupRecord[]): void {
    for (const { groupId, protocolType, generation, emptySinceMs } of records) {
      const group = createGroup(groupId, protocolType, generation)
      this.#add(group)
      group.emptySinceMs = emptySinceMs ?? group.emptySinceMs
      if (emptySinceMs === null) this.#store.putEmpty(group)
    }
    for (const groupId of this.#table.groupIds()) {
      if (!this.#groups.has(groupId)) this.#add(createGroup(groupId))
    }
  }

  #add(group: Group): void {
    group.emptySinceMs = this.#clock.nowMs()
    this.#groups.set(group.groupId, group)
  }

  /** Offsets that have been kept for their time go, and then groups without members and offsets. */
  #sweepLater(): void {
    this.#sweep = this.#clock.after(this.#rules.offsetsRetentionCheckMs, () => {
      for (const group of [...this.#groups.values()]) {
        this.#offsets.expire(group)
        this.#memberMemory.weigh(group)
        if (this.#isUnused(group)) void this.#delete(group)
      }
      this.#sweepLater()
    })
  }

  #isUnused({ groupId, state, pendingMembers }: Group): boolean {
    return state === 'Empty' && pendingMembers.size === 0 && !this.#offsets.isInUse(groupId)
  }

  /** Whether there may be one group more, where this is a new one, and so many bytes of members. */
  #hasRoomFor(group: Group | undefined, sizeBytes: number): boolean {
    const hasPlace = group !== undefined || !this.#isFull
    return hasPlace && this.#memberMemory.sizeBytes + sizeBytes <= this.#rules.memberBytesMax
  }

  get #isFull(): boolean {
    return this.#groups.size >= this.#rules.groupsMax
  }

  #refuse(groupId: string): KafkaErrorName | null {
    if (this.#isClosed) return 'COORDINATOR_NOT_AVAILABLE'
    return groupId === '' ? 'INVALID_GROUP_ID' : null
  }
}
