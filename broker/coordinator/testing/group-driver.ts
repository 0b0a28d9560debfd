import { createFakeClock, type FakeClock } from '../../clock.ts'
import type { KafkaErrorName } from '../../errors.ts'
import { type GroupRules, groupRules } from '../../rules/groups.ts'
import { sync } from '../group/completing-rebalance.ts'
import type { JoinAnswer, ReplyId, SyncAnswer } from '../group/effects.ts'
import type { HeartbeatEvent, JoinEvent, MemberIdentity, SyncEvent } from '../group/events.ts'
import { createGroup, type Group } from '../group/group.ts'
import { join } from '../group/join.ts'
import { commit, heartbeat, leave, type Verdict } from '../group/membership.ts'
import type { Parking } from '../group/parking.ts'
import { createPerformer } from '../group/performer.ts'
import { createGroupTimers, type GroupTimers } from '../group/timers.ts'

export const SESSION_MS = 10_000
export const REBALANCE_MS = 60_000

/** A group on a clock and a store that a test moves by hand. Answers are collected by request. */
export interface GroupDriver {
  readonly group: Group
  readonly clock: FakeClock
  readonly timers: GroupTimers
  readonly joins: Answers<JoinAnswer>
  readonly syncs: Answers<SyncAnswer>
  join(event: Partial<JoinEvent>): ReplyId
  sync(event: Partial<SyncEvent>): ReplyId
  heartbeat(event: Partial<HeartbeatEvent>): KafkaErrorName
  commit(event: Partial<HeartbeatEvent>): KafkaErrorName
  leave(identity: Partial<MemberIdentity>): KafkaErrorName
  readonly logLines: readonly string[]
  /** How many generations wait for being stored. */
  readonly storing: number
  /** Ends the oldest write of a generation. */
  stored(isStored: boolean): void
}

/** What was answered, and how often, by request. */
export interface Answers<T> {
  readonly asked: ReadonlySet<ReplyId>
  readonly all: ReadonlyMap<ReplyId, readonly T[]>
  /** The one answer to a request; undefined while it is parked. */
  to(id: ReplyId): T | undefined
}

export function createGroupDriver(limits: Partial<GroupRules> = {}): GroupDriver {
  const rules: GroupRules = { ...groupRules, ...limits }
  const clock = createFakeClock()
  const timers = createGroupTimers(clock)
  const group = createGroup('g')
  const joins = createRecorder<JoinAnswer>()
  const syncs = createRecorder<SyncAnswer>()
  const writes: ((isStored: boolean) => void)[] = []
  const perform = createPerformer({
    clock,
    rules,
    timers,
    joins: joins.parking,
    syncs: syncs.parking,
    store: {
      putGeneration: (_group, then) => void writes.push(then),
      putEmpty: () => {},
      delete: () => Promise.resolve(true),
    },
    log: (line) => logLines.push(line),
  })
  const logLines: string[] = []
  let lastMember = 0

  function pass({ error, effects }: Verdict): KafkaErrorName {
    perform(group, effects)
    return error
  }

  return {
    group,
    clock,
    timers,
    joins: joins.answers,
    syncs: syncs.answers,
    logLines,
    join(event) {
      const replyTo = joins.ask()
      const asked = { ...A_JOIN, newMemberId: `m${++lastMember}`, replyTo, ...event }
      perform(group, join(group, asked, rules))
      return replyTo
    },
    sync(event) {
      const replyTo = syncs.ask()
      perform(group, sync(group, { ...A_SYNC, generation: group.generation, replyTo, ...event }))
      return replyTo
    },
    heartbeat: (event) =>
      pass(heartbeat(group, { ...ANYBODY, generation: group.generation, ...event })),
    commit: (event) => pass(commit(group, { ...ANYBODY, generation: group.generation, ...event })),
    leave: (identity) => pass(leave(group, { ...ANYBODY, ...identity }, rules)),
    get storing() {
      return writes.length
    },
    stored: (isStored) => writes.shift()?.(isStored),
  }
}

const ANYBODY: MemberIdentity = { memberId: '', instanceId: null }

const A_JOIN: Omit<JoinEvent, 'newMemberId' | 'replyTo'> = {
  ...ANYBODY,
  clientId: 'client',
  clientHost: '/127.0.0.1',
  sessionTimeoutMs: SESSION_MS,
  rebalanceTimeoutMs: REBALANCE_MS,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Uint8Array.of(1) }],
  requiresMemberId: false,
  canSkipAssignment: true,
}

const A_SYNC: Omit<SyncEvent, 'generation' | 'replyTo'> = {
  ...ANYBODY,
  protocolType: null,
  protocolName: null,
  assignments: new Map(),
}

function createRecorder<T>() {
  const asked = new Set<ReplyId>()
  const all = new Map<ReplyId, T[]>()
  const parking: Parking<T> = {
    park() {
      throw new Error('The driver names requests itself.')
    },
    answer: (id, answer) => void all.set(id, [...(all.get(id) ?? []), answer]),
    close() {},
    size: 0,
  }
  const answers: Answers<T> = { asked, all, to: (id) => all.get(id)?.at(0) }
  return {
    parking,
    answers,
    ask() {
      const id = asked.size + 1
      asked.add(id)
      return id
    },
  }
}
