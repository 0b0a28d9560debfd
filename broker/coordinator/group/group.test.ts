import { describe, expect, it } from 'vitest'
import {
  createGroupDriver,
  type GroupDriver,
  REBALANCE_MS,
  SESSION_MS,
} from '../testing/group-driver.ts'
import type { GroupState } from './group.ts'

const GATHER_MS = 100
const bytes = (...values: number[]) => Uint8Array.of(...values)
const offering = (...names: string[]) => names.map((name) => ({ name, metadata: bytes(1) }))

/** Members m1, m2 … that join together; the group is left in the state asked for. */
function groupIn(state: GroupState, count = 2, instanceIds: readonly string[] = []): GroupDriver {
  const driver = createGroupDriver()
  if (state === 'Empty') return driver
  for (let index = 0; index < count; index++) {
    driver.join({ instanceId: instanceIds[index] ?? null })
  }
  driver.clock.advance(2 * GATHER_MS)
  if (state === 'CompletingRebalance') return driver
  const members = [...driver.group.members.values()]
  for (const { memberId, instanceId } of members) {
    const assignments = new Map(members.map((member, index) => [member.memberId, bytes(index)]))
    driver.sync({
      memberId,
      instanceId,
      assignments: memberId === driver.group.leaderId ? assignments : new Map(),
    })
  }
  driver.stored(true)
  if (state === 'PreparingRebalance')
    driver.join({ memberId: 'm1', instanceId: instanceIds[0] ?? null })
  expect(driver.group.state).toBe(state)
  return driver
}

describe('what each state answers to a member', () => {
  const cases = [
    ['Empty', 'm1', 'UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID'],
    ['PreparingRebalance', 'm2', 'REBALANCE_IN_PROGRESS', 'NONE', 'REBALANCE_IN_PROGRESS'],
    ['CompletingRebalance', 'm2', 'NONE', 'REBALANCE_IN_PROGRESS', undefined],
    ['Stable', 'm2', 'NONE', 'NONE', 'NONE'],
    ['Stable', 'm9', 'UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID'],
  ] as const

  it.each(cases)('%s, %s', (state, memberId, heartbeat, commit, sync) => {
    const driver = groupIn(state)
    expect(driver.heartbeat({ memberId })).toBe(heartbeat)
    expect(driver.commit({ memberId })).toBe(commit)
    expect(driver.syncs.to(driver.sync({ memberId }))?.error).toBe(sync)
  })

  it.each(['CompletingRebalance', 'Stable'] as const)('%s refuses another generation', (state) => {
    const driver = groupIn(state)
    const event = { memberId: 'm2', generation: 7 }
    expect(driver.heartbeat(event)).toBe('ILLEGAL_GENERATION')
    expect(driver.commit(event)).toBe('ILLEGAL_GENERATION')
    expect(driver.syncs.to(driver.sync(event))?.error).toBe('ILLEGAL_GENERATION')
  })

  it('lets anybody commit without a generation while there are no members', () => {
    expect(groupIn('Empty').commit({ generation: -1 })).toBe('NONE')
    expect(groupIn('Stable').commit({ generation: -1 })).toBe('UNKNOWN_MEMBER_ID')
  })
})

describe('what a JoinGroup of a member does', () => {
  const same = offering('range')
  const changed = [{ name: 'range', metadata: bytes(2) }]
  const cases = [
    ['CompletingRebalance', 'm1', same, 'CompletingRebalance', ['m1', 'm2']],
    ['CompletingRebalance', 'm2', same, 'CompletingRebalance', []],
    ['CompletingRebalance', 'm2', changed, 'PreparingRebalance', undefined],
    ['Stable', 'm2', same, 'Stable', []],
    ['Stable', 'm2', changed, 'PreparingRebalance', undefined],
    ['Stable', 'm1', same, 'PreparingRebalance', undefined],
    ['PreparingRebalance', 'm2', same, 'CompletingRebalance', []],
  ] as const

  it.each(cases)('%s, %s', (before, memberId, protocols, after, members) => {
    const driver = groupIn(before)
    const answer = driver.joins.to(driver.join({ memberId, protocols }))
    expect(driver.group.state).toBe(after)
    expect(answer?.members.map((member) => member.memberId)).toEqual(members)
  })
})

describe('forming a group', () => {
  it('gathers members that come one after another into one generation', () => {
    const driver = createGroupDriver()
    const first = driver.join({})
    driver.clock.advance(GATHER_MS - 1)
    const second = driver.join({})
    driver.clock.advance(1)
    expect(driver.joins.to(first)).toBeUndefined()
    driver.clock.advance(GATHER_MS)
    expect(driver.joins.to(first)).toMatchObject({ error: 'NONE', generation: 1, leaderId: 'm1' })
    expect(driver.joins.to(first)?.members).toHaveLength(2)
    expect(driver.joins.to(second)).toMatchObject({ generation: 1, leaderId: 'm1', members: [] })
  })

  it('gathers no longer than the rebalance timeout', () => {
    const driver = createGroupDriver()
    const first = driver.join({ rebalanceTimeoutMs: 250 })
    for (let waitedMs = 0; waitedMs < 250; waitedMs += 50) {
      driver.join({ rebalanceTimeoutMs: 250 })
      driver.clock.advance(50)
    }
    expect(driver.joins.to(first)?.generation).toBe(1)
  })

  it('gives a dynamic member its id before it lets it in', () => {
    const driver = createGroupDriver()
    const asked = driver.joins.to(driver.join({ requiresMemberId: true }))
    expect(asked).toMatchObject({ error: 'MEMBER_ID_REQUIRED', memberId: 'm1', generation: -1 })
    expect(driver.group.members.size).toBe(0)
    const joined = driver.join({ requiresMemberId: true, memberId: 'm1' })
    driver.clock.advance(GATHER_MS)
    expect(driver.joins.to(joined)).toMatchObject({ error: 'NONE', memberId: 'm1' })
  })

  it('forgets an id that nobody comes back with', () => {
    const driver = groupIn('Stable')
    driver.join({ requiresMemberId: true })
    driver.heartbeat({ memberId: 'm1' })
    driver.heartbeat({ memberId: 'm2' })
    driver.clock.advance(SESSION_MS)
    expect(driver.group.pendingMembers.size).toBe(0)
    const late = driver.join({ requiresMemberId: true, memberId: 'm3' })
    expect(driver.joins.to(late)?.error).toBe('UNKNOWN_MEMBER_ID')
  })

  it('waits in a rebalance for the owner of an id that was just given', () => {
    const driver = groupIn('Stable')
    driver.join({ requiresMemberId: true })
    const first = driver.join({ memberId: 'm1' })
    driver.join({ memberId: 'm2' })
    expect(driver.joins.to(first)).toBeUndefined()
    driver.join({ memberId: 'm3', requiresMemberId: true })
    expect(driver.joins.to(first)?.members).toHaveLength(3)
  })

  it.each([
    ['another protocol type', { protocolType: 'connect' }],
    ['no protocol in common', { protocols: offering('sticky') }],
    ['no protocol at all', { protocols: [] }],
  ])('refuses %s', (_what, event) => {
    const driver = groupIn('Stable')
    expect(driver.joins.to(driver.join(event))?.error).toBe('INCONSISTENT_GROUP_PROTOCOL')
    expect(driver.group.state).toBe('Stable')
  })

  it('takes the protocol that most members like best, of those that all know', () => {
    const driver = createGroupDriver()
    const first = driver.join({ protocols: offering('sticky', 'roundrobin', 'range') })
    driver.join({ protocols: offering('roundrobin', 'range') })
    driver.join({ protocols: offering('range', 'roundrobin', 'sticky') })
    driver.clock.advance(2 * GATHER_MS)
    expect(driver.joins.to(first)?.protocolName).toBe('roundrobin')
  })

  it('refuses members beyond its limit, and lets a static one back into its place', () => {
    const driver = createGroupDriver({ membersMax: 2 })
    driver.join({ instanceId: 'i1' })
    driver.join({})
    driver.clock.advance(2 * GATHER_MS)
    const third = driver.joins.to(driver.join({}))
    expect(third).toMatchObject({ error: 'GROUP_MAX_SIZE_REACHED', memberId: '' })
    driver.join({ instanceId: 'i1' })
    expect(driver.group.members.has('m4')).toBe(true)
  })
})

describe('assigning', () => {
  it('tells nobody of an assignment before the generation is stored', () => {
    const driver = groupIn('CompletingRebalance')
    const follower = driver.sync({ memberId: 'm2' })
    const assignments = new Map([
      ['m1', bytes(10)],
      ['m2', bytes(20)],
    ])
    const leader = driver.sync({ memberId: 'm1', assignments })
    expect(driver.storing).toBe(1)
    expect(driver.syncs.to(leader)).toBeUndefined()
    driver.stored(true)
    expect(driver.syncs.to(leader)?.assignment).toEqual(bytes(10))
    expect(driver.syncs.to(follower)?.assignment).toEqual(bytes(20))
    expect(driver.group.state).toBe('Stable')
  })

  it('tells members to come back when the generation cannot be stored', () => {
    const driver = groupIn('CompletingRebalance')
    const follower = driver.sync({ memberId: 'm2' })
    const leader = driver.sync({ memberId: 'm1' })
    driver.stored(false)
    expect(driver.syncs.to(leader)?.error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(driver.syncs.to(follower)?.error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(driver.group.state).toBe('PreparingRebalance')
  })

  it('forgets an assignment that a rebalance overtook while it was being stored', () => {
    const driver = groupIn('CompletingRebalance')
    const leader = driver.sync({ memberId: 'm1', assignments: new Map([['m1', bytes(1)]]) })
    driver.join({})
    expect(driver.syncs.to(leader)?.error).toBe('REBALANCE_IN_PROGRESS')
    driver.stored(true)
    expect(driver.group.state).toBe('PreparingRebalance')
    driver.join({ memberId: 'm1' })
    driver.join({ memberId: 'm2' })
    const again = driver.sync({ memberId: 'm1', assignments: new Map([['m1', bytes(2)]]) })
    driver.stored(true)
    expect(driver.syncs.to(again)?.assignment).toEqual(bytes(2))
  })

  it('waits for the write of this generation, not for that of one before', () => {
    const driver = groupIn('CompletingRebalance', 1)
    driver.sync({ memberId: 'm1' })
    driver.join({ memberId: 'm1', protocols: [{ name: 'range', metadata: bytes(2) }] })
    const leader = driver.sync({ memberId: 'm1' })
    driver.stored(true)
    expect(driver.syncs.to(leader)).toBeUndefined()
    driver.stored(true)
    expect(driver.syncs.to(leader)?.error).toBe('NONE')
  })

  it('answers the newer of two SyncGroups of one member', () => {
    const driver = groupIn('CompletingRebalance')
    const lost = driver.sync({ memberId: 'm2' })
    const retried = driver.sync({ memberId: 'm2' })
    expect(driver.syncs.to(lost)?.error).toBe('REBALANCE_IN_PROGRESS')
    driver.sync({ memberId: 'm1', assignments: new Map([['m2', bytes(2)]]) })
    driver.stored(true)
    expect(driver.syncs.to(retried)?.assignment).toEqual(bytes(2))
  })

  it('gives a consumer that was left out an assignment of nothing that it can parse', () => {
    const driver = groupIn('CompletingRebalance')
    const follower = driver.sync({ memberId: 'm2' })
    driver.sync({ memberId: 'm1', assignments: new Map([['m1', bytes(1)]]) })
    driver.stored(true)
    const nothing = [0, 0, 0, 0, 0, 0, 255, 255, 255, 255]
    expect(driver.syncs.to(follower)?.assignment).toEqual(bytes(...nothing))
  })

  it('takes assignments from nobody but the leader', () => {
    const driver = groupIn('CompletingRebalance')
    driver.sync({ memberId: 'm2', assignments: new Map([['m2', bytes(66)]]) })
    expect(driver.storing).toBe(0)
  })

  it('drops members that do not ask for their assignment within the rebalance timeout', () => {
    const driver = groupIn('CompletingRebalance')
    driver.sync({ memberId: 'm1' })
    driver.stored(true)
    for (let waitedMs = 0; waitedMs < REBALANCE_MS; waitedMs += SESSION_MS / 2) {
      driver.heartbeat({ memberId: 'm1' })
      driver.heartbeat({ memberId: 'm2' })
      driver.clock.advance(SESSION_MS / 2)
    }
    expect([...driver.group.members.keys()]).toEqual(['m1'])
    expect(driver.heartbeat({ memberId: 'm1' })).toBe('REBALANCE_IN_PROGRESS')
  })

  it('refuses a SyncGroup that speaks of another protocol', () => {
    const driver = groupIn('CompletingRebalance')
    const id = driver.sync({ memberId: 'm2', protocolName: 'sticky' })
    expect(driver.syncs.to(id)?.error).toBe('INCONSISTENT_GROUP_PROTOCOL')
  })
})

describe('rebalancing', () => {
  it('keeps the leader that rejoins, whoever comes first', () => {
    const driver = groupIn('Stable', 3)
    driver.join({})
    driver.join({ memberId: 'm3' })
    driver.join({ memberId: 'm2' })
    const leader = driver.join({ memberId: 'm1' })
    expect(driver.joins.to(leader)).toMatchObject({ generation: 2, leaderId: 'm1' })
    expect(driver.joins.to(leader)?.members).toHaveLength(4)
  })

  it('goes on without dynamic members that miss the rebalance timeout', () => {
    const driver = groupIn('Stable')
    const again = driver.join({ memberId: 'm1' })
    for (let waitedMs = 0; waitedMs < REBALANCE_MS; waitedMs += SESSION_MS / 2) {
      expect(driver.joins.to(again)).toBeUndefined()
      driver.heartbeat({ memberId: 'm2' })
      driver.clock.advance(SESSION_MS / 2)
    }
    expect(driver.joins.to(again)?.members.map(({ memberId }) => memberId)).toEqual(['m1'])
    expect(driver.heartbeat({ memberId: 'm2' })).toBe('UNKNOWN_MEMBER_ID')
  })

  it('goes on at once when a silent member is dropped', () => {
    const driver = groupIn('Stable')
    const again = driver.join({ memberId: 'm1' })
    driver.clock.advance(SESSION_MS)
    expect(driver.joins.to(again)?.generation).toBe(2)
    expect(driver.group.members.size).toBe(1)
  })

  it('drops a member that is silent for its session timeout, and no sooner', () => {
    const driver = groupIn('Stable')
    driver.clock.advance(SESSION_MS - 1)
    driver.heartbeat({ memberId: 'm1' })
    driver.commit({ memberId: 'm2' })
    driver.clock.advance(SESSION_MS - 1)
    expect(driver.group.members.size).toBe(2)
    driver.sync({ memberId: 'm1' })
    driver.clock.advance(1)
    expect([...driver.group.members.keys()]).toEqual(['m1'])
  })

  it('drops a new member that waits five minutes for its first answer', () => {
    const driver = groupIn('Stable')
    const newcomer = driver.join({ rebalanceTimeoutMs: 900_000 })
    for (let waitedMs = 0; waitedMs < 300_000; waitedMs += SESSION_MS / 2) {
      expect(driver.joins.to(newcomer)).toBeUndefined()
      driver.heartbeat({ memberId: 'm1' })
      driver.heartbeat({ memberId: 'm2' })
      driver.clock.advance(SESSION_MS / 2)
    }
    expect(driver.joins.to(newcomer)).toMatchObject({ error: 'UNKNOWN_MEMBER_ID', memberId: '' })
  })

  it('gives who waited long for the leader a new session when a rebalance overtakes it', () => {
    const driver = groupIn('CompletingRebalance')
    driver.sync({ memberId: 'm2' })
    driver.clock.advance(SESSION_MS / 2)
    driver.heartbeat({ memberId: 'm1' })
    driver.clock.advance(SESSION_MS / 2)
    driver.join({ memberId: 'm1', protocols: [{ name: 'range', metadata: bytes(2) }] })
    driver.clock.advance(SESSION_MS - 1)
    expect(driver.group.members.has('m2')).toBe(true)
    driver.clock.advance(1)
    expect(driver.group.members.has('m2')).toBe(false)
  })

  it('is empty, in a new generation, when the last member has left', () => {
    const driver = groupIn('Stable')
    expect(driver.leave({ memberId: 'm1' })).toBe('NONE')
    expect(driver.leave({ memberId: 'm2' })).toBe('NONE')
    expect(driver.group).toMatchObject({ state: 'Empty', generation: 2, leaderId: null })
    expect(driver.timers.size).toBe(0)
    expect(driver.group.emptySinceMs).toBe(driver.clock.nowMs())
  })

  it('does not rebalance when the owner of an unused id leaves', () => {
    const driver = groupIn('Stable')
    driver.join({ requiresMemberId: true })
    expect(driver.leave({ memberId: 'm3' })).toBe('NONE')
    expect(driver.group.state).toBe('Stable')
  })
})

describe('a group in which an invariant is broken', () => {
  it('is reported, and takes nobody with it', () => {
    const driver = groupIn('CompletingRebalance')
    driver.sync({ memberId: 'm1' })
    driver.group.state = 'Empty'
    driver.stored(true)
    expect(driver.logLines).toEqual([
      'Group g is broken in state Empty: Error: A group went from Empty to Stable.',
    ])
  })
})

describe('static members', () => {
  const ids = ['i1', 'i2']

  it('come back into a stable group without a rebalance', () => {
    const driver = groupIn('Stable', 2, ids)
    const answer = driver.joins.to(driver.join({ instanceId: 'i2' }))
    expect(answer).toMatchObject({ error: 'NONE', memberId: 'm3', generation: 1, leaderId: 'm1' })
    expect(driver.group.state).toBe('Stable')
    const assigned = driver.syncs.to(driver.sync({ memberId: 'm3', instanceId: 'i2' }))
    expect(assigned?.assignment).toEqual(bytes(1))
    expect(driver.heartbeat({ memberId: 'm2', instanceId: 'i2' })).toBe('FENCED_INSTANCE_ID')
  })

  it('that lead come back as leaders that keep the assignment (KIP-814)', () => {
    const driver = groupIn('Stable', 2, ids)
    const answer = driver.joins.to(driver.join({ instanceId: 'i1' }))
    expect(answer).toMatchObject({ leaderId: 'm3', memberId: 'm3', skipAssignment: true })
    expect(answer?.members).toHaveLength(2)
  })

  it('that lead and know nothing of KIP-814 come back as followers', () => {
    const driver = groupIn('Stable', 2, ids)
    const answer = driver.joins.to(driver.join({ instanceId: 'i1', canSkipAssignment: false }))
    expect(answer).toMatchObject({ leaderId: 'm1', memberId: 'm3', skipAssignment: false })
    expect(answer?.members).toEqual([])
  })

  it('rebalance a stable group if they change the vote', () => {
    const driver = createGroupDriver()
    driver.join({ instanceId: 'i1', protocols: offering('range', 'sticky') })
    driver.clock.advance(GATHER_MS)
    driver.sync({ memberId: 'm1', instanceId: 'i1' })
    driver.stored(true)
    const id = driver.join({ instanceId: 'i1', protocols: offering('sticky', 'range') })
    expect(driver.joins.to(id)).toMatchObject({ generation: 2, protocolName: 'sticky' })
  })

  it('rebalance a group that waits for the assignment', () => {
    const driver = groupIn('CompletingRebalance', 2, ids)
    const waiting = driver.sync({ memberId: 'm2', instanceId: 'i2' })
    driver.join({ instanceId: 'i2' })
    expect(driver.syncs.to(waiting)?.error).toBe('FENCED_INSTANCE_ID')
    expect(driver.group.state).toBe('PreparingRebalance')
  })

  it('that come back and never ask for their assignment are dropped', () => {
    const driver = groupIn('CompletingRebalance', 2, ids)
    driver.sync({ memberId: 'm1', instanceId: 'i1' })
    driver.stored(true)
    driver.join({ instanceId: 'i2' })
    expect(driver.group.state).toBe('Stable')
    for (let waitedMs = 0; waitedMs < REBALANCE_MS; waitedMs += SESSION_MS / 2) {
      driver.heartbeat({ memberId: 'm1', instanceId: 'i1' })
      driver.heartbeat({ memberId: 'm3', instanceId: 'i2' })
      driver.clock.advance(SESSION_MS / 2)
    }
    expect(driver.group.members.has('m3')).toBe(false)
  })

  it('fence off whoever waits under the same instance id', () => {
    const driver = createGroupDriver()
    const first = driver.join({ instanceId: 'i1' })
    const second = driver.join({ instanceId: 'i1' })
    expect(driver.joins.to(first)?.error).toBe('FENCED_INSTANCE_ID')
    driver.clock.advance(GATHER_MS)
    expect(driver.joins.to(second)).toMatchObject({ error: 'NONE', memberId: 'm2' })
  })

  it('are kept through a rebalance that they miss', () => {
    const driver = createGroupDriver()
    for (const instanceId of ids) driver.join({ instanceId, rebalanceTimeoutMs: 1_000 })
    driver.clock.advance(2 * GATHER_MS)
    driver.sync({ memberId: 'm1', instanceId: 'i1' })
    driver.sync({ memberId: 'm2', instanceId: 'i2' })
    driver.stored(true)
    const leader = driver.join({ memberId: 'm1', instanceId: 'i1', rebalanceTimeoutMs: 1_000 })
    driver.clock.advance(1_000)
    expect(driver.joins.to(leader)?.members.map((member) => member.instanceId)).toEqual(ids)
  })

  it('that are all absent hold a rebalance open until their sessions end', () => {
    const driver = groupIn('PreparingRebalance', 2, ids)
    driver.join({ newMemberId: 'newcomer' })
    expect(driver.leave({ memberId: 'm1', instanceId: 'i1' })).toBe('NONE')
    expect(driver.leave({ memberId: 'newcomer' })).toBe('NONE')
    expect(driver.group.state).toBe('PreparingRebalance')
    driver.clock.advance(SESSION_MS)
    expect(driver.group.state).toBe('Empty')
    expect(driver.timers.size).toBe(0)
  })

  it('are removed by an administrator who knows only the instance id', () => {
    const driver = groupIn('Stable', 2, ids)
    expect(driver.leave({ instanceId: 'i9' })).toBe('UNKNOWN_MEMBER_ID')
    expect(driver.leave({ instanceId: 'i2', memberId: 'm1' })).toBe('FENCED_INSTANCE_ID')
    expect(driver.leave({ instanceId: 'i2' })).toBe('NONE')
    expect([...driver.group.members.keys()]).toEqual(['m1'])
  })
})
