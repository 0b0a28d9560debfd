import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { ORDERS_SUBSCRIPTION } from '../coordinator/testing/test-coordinator.ts'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { Heartbeat } from '../protocol/messages/heartbeat.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { LeaveGroup } from '../protocol/messages/leave-group.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import { becomeStable, joinGroup, joinRequest } from '../testing/group-member.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let first: KafkaClient
let second: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'orders', partitions: 4 }] } })
  first = await broker.connect()
  second = await broker.connect({ node: 2 })
})
afterAll(() => broker.close())

function versions(max: number): number[] {
  return Array.from({ length: max + 1 }, (_, version) => version)
}

describe('a group of two', () => {
  // Time stands still until both have come, however slow this machine is today.
  const clock = createFakeClock(Date.now())
  let still: TestBroker
  let pair: readonly [KafkaClient, KafkaClient]
  let onlooker: KafkaClient

  beforeAll(async () => {
    still = await startTestBroker({ clock })
    pair = [await still.connect(), await still.connect({ node: 2 })]
    onlooker = await still.connect()
  })
  afterAll(() => still.close())

  async function joinTogether(version: number, groupId: string) {
    const request = joinRequest(groupId)
    const joining = Promise.all([
      joinGroup(pair[0], version, request),
      joinGroup(pair[1], version, request),
    ])
    let gathered = 0
    while (gathered < 2) {
      const { groups } = await onlooker.send(DescribeGroups, 0, { groups: [groupId] })
      gathered = groups[0]?.members.length ?? 0
    }
    clock.advance(200)
    return await joining
  }

  it.each(versions(9))('forms through different nodes in JoinGroup v%i', async (version) => {
    const groupId = `pair-v${version}`
    const syncVersion = Math.min(version, 5)
    const joins = await joinTogether(version, groupId)
    const [mine, theirs] = joins
    expect(joins.map((join) => join.errorCode)).toEqual([0, 0])
    expect(mine).toMatchObject({ generationId: 1, protocolName: 'range', leader: theirs.leader })
    expect(mine.protocolType).toBe(version >= 7 ? 'consumer' : null)
    const [leader, follower] = mine.leader === mine.memberId ? [mine, theirs] : [theirs, mine]
    const [leads, follows] = mine === leader ? pair : [pair[1], pair[0]]
    expect(follower.members).toEqual([])
    expect(leader.members.map((member) => member.memberId).sort()).toEqual(
      joins.map((join) => join.memberId).sort(),
    )
    expect(Buffer.from(leader.members[0]?.metadata ?? [])).toEqual(Buffer.from(ORDERS_SUBSCRIPTION))

    const protocol = { protocolType: 'consumer', protocolName: 'range' }
    const request = { groupId, generationId: 1, ...protocol, assignments: [] }
    const waiting = follows.send(SyncGroup, syncVersion, {
      ...request,
      memberId: follower.memberId,
    })
    const assigned = await leads.send(SyncGroup, syncVersion, {
      ...request,
      memberId: leader.memberId,
      assignments: [
        { memberId: leader.memberId, assignment: Uint8Array.of(1) },
        { memberId: follower.memberId, assignment: Uint8Array.of(2) },
      ],
    })
    expect([...assigned.assignment]).toEqual([1])
    expect([...(await waiting).assignment]).toEqual([2])
  })
})

describe('JoinGroup', () => {
  it('keeps what members said after their connection has read on', async () => {
    const { memberId } = await becomeStable(first, 'kept')
    for (let sent = 0; sent < 20; sent++) {
      await first.send(Heartbeat, 4, { groupId: 'x'.repeat(5_000), generationId: 1, memberId: 'm' })
    }
    const again = await first.send(SyncGroup, 4, {
      groupId: 'kept',
      generationId: 1,
      memberId,
      assignments: [],
    })
    expect([...again.assignment]).toEqual([1, 2, 3])
  })

  it('v0–3 let a member in at once, v4 and later give it an id first', async () => {
    const old = await first.send(JoinGroup, 3, joinRequest('ids-v3'))
    expect(old).toMatchObject({ errorCode: 0, memberId: expect.stringMatching(/^test-/) })
    const asked = await first.send(JoinGroup, 4, joinRequest('ids-v4'))
    expect(asked).toMatchObject({
      errorCode: errorCode('MEMBER_ID_REQUIRED'),
      memberId: expect.stringMatching(/^test-/),
      generationId: -1,
      protocolName: '',
      leader: '',
    })
  })

  it.each([
    ['INVALID_GROUP_ID', '', {}],
    ['INVALID_SESSION_TIMEOUT', 'refused', { sessionTimeoutMs: 5_999 }],
    ['INCONSISTENT_GROUP_PROTOCOL', 'refused', { protocols: [] }],
    ['INCONSISTENT_GROUP_PROTOCOL', 'refused', { protocolType: '' }],
    ['UNKNOWN_MEMBER_ID', 'refused', { memberId: 'nobody' }],
  ] as const)('answers %s', async (error, groupId, request) => {
    for (const version of versions(9)) {
      const answer = await first.send(JoinGroup, version, joinRequest(groupId, request))
      expect(answer.errorCode).toBe(errorCode(error))
    }
  })

  it('tells the first member by heartbeat that a second one came', async () => {
    const { memberId } = await becomeStable(first, 'grows')
    const heartbeat = { groupId: 'grows', generationId: 1, memberId }
    expect((await first.send(Heartbeat, 4, heartbeat)).errorCode).toBe(0)
    const newcomer = joinGroup(second, 9, joinRequest('grows'))
    let told = 0
    while (told === 0) told = (await first.send(Heartbeat, 4, heartbeat)).errorCode
    expect(told).toBe(errorCode('REBALANCE_IN_PROGRESS'))
    const again = await first.send(JoinGroup, 9, joinRequest('grows', { memberId }))
    expect(again).toMatchObject({ generationId: 2, leader: memberId })
    expect((await newcomer).generationId).toBe(2)
  })

  it('replaces a static member without a rebalance (KIP-345, KIP-814)', async () => {
    const groupInstanceId = 'till-7'
    const before = await becomeStable(first, 'static', { groupInstanceId })
    const after = await second.send(JoinGroup, 9, joinRequest('static', { groupInstanceId }))
    expect(after).toMatchObject({ errorCode: 0, generationId: 1, skipAssignment: true })
    expect(after.leader).toBe(after.memberId)
    expect(after.members).toMatchObject([{ groupInstanceId, memberId: after.memberId }])
    const heartbeat = { groupId: 'static', generationId: 1, groupInstanceId }
    const fenced = await first.send(Heartbeat, 4, { ...heartbeat, memberId: before.memberId })
    expect(fenced.errorCode).toBe(errorCode('FENCED_INSTANCE_ID'))
    const alive = await second.send(Heartbeat, 4, { ...heartbeat, memberId: after.memberId })
    expect(alive.errorCode).toBe(0)
  })

  it('lets go of who hung up while it was waiting, when its session ends', async () => {
    const { memberId } = await becomeStable(first, 'hangs-up', { sessionTimeoutMs: 30_000 })
    const leaver = await broker.connect()
    const joining = joinGroup(leaver, 3, joinRequest('hangs-up'))
    joining.catch(() => {})
    const heartbeat = { groupId: 'hangs-up', generationId: 1, memberId }
    while ((await first.send(Heartbeat, 4, heartbeat)).errorCode === 0);
    leaver.close()
    await leaver.closed
    const again = await first.send(JoinGroup, 9, joinRequest('hangs-up', { memberId }))
    expect(again.members).toHaveLength(2)
  })
})

describe('SyncGroup', () => {
  it('v5 must name the protocol that JoinGroup answered', async () => {
    const { memberId } = await becomeStable(first, 'named')
    const sync = async (protocolType: string | null, protocolName: string | null) => {
      const member = { groupId: 'named', generationId: 1, memberId, assignments: [] }
      return await first.send(SyncGroup, 5, { ...member, protocolType, protocolName })
    }
    expect(await sync('consumer', 'range')).toMatchObject({
      errorCode: 0,
      protocolType: 'consumer',
      protocolName: 'range',
    })
    for (const [type, name] of [
      ['connect', 'range'],
      ['consumer', 'sticky'],
      ['consumer', null],
      [null, 'range'],
    ] as const) {
      const { errorCode: code } = await sync(type, name)
      expect(code).toBe(errorCode('INCONSISTENT_GROUP_PROTOCOL'))
    }
  })

  it.each(versions(5))('v%i knows members, generations and groups', async (version) => {
    const groupId = `synced-v${version}`
    const { memberId } = await becomeStable(first, groupId)
    const known = { groupId, generationId: 1, memberId, assignments: [] }
    const protocol = { protocolType: 'consumer', protocolName: 'range' }
    const ask = async (change: Partial<typeof known>) =>
      (await first.send(SyncGroup, version, { ...known, ...protocol, ...change })).errorCode
    expect(await ask({})).toBe(0)
    expect(await ask({ generationId: 0 })).toBe(errorCode('ILLEGAL_GENERATION'))
    expect(await ask({ memberId: 'nobody' })).toBe(errorCode('UNKNOWN_MEMBER_ID'))
    expect(await ask({ groupId: 'none' })).toBe(errorCode('UNKNOWN_MEMBER_ID'))
    expect(await ask({ groupId: '' })).toBe(errorCode('INVALID_GROUP_ID'))
  })
})

describe('Heartbeat', () => {
  it.each(versions(4))('v%i knows members, generations and groups', async (version) => {
    const groupId = `beats-v${version}`
    const { memberId } = await becomeStable(first, groupId)
    const beat = async (request: { groupId: string; memberId: string; generationId: number }) =>
      (await first.send(Heartbeat, version, request)).errorCode
    expect(await beat({ groupId, memberId, generationId: 1 })).toBe(0)
    expect(await beat({ groupId, memberId, generationId: 2 })).toBe(errorCode('ILLEGAL_GENERATION'))
    expect(await beat({ groupId, memberId: 'm', generationId: 1 })).toBe(
      errorCode('UNKNOWN_MEMBER_ID'),
    )
    expect(await beat({ groupId: 'none', memberId, generationId: 1 })).toBe(
      errorCode('UNKNOWN_MEMBER_ID'),
    )
    expect(await beat({ groupId: '', memberId, generationId: 1 })).toBe(
      errorCode('INVALID_GROUP_ID'),
    )
  })
})

describe('LeaveGroup', () => {
  it.each([0, 1, 2])('v%i takes one member out', async (version) => {
    const groupId = `left-v${version}`
    const { memberId } = await becomeStable(first, groupId)
    expect(await first.send(LeaveGroup, version, { groupId, memberId })).toMatchObject({
      errorCode: 0,
      members: [],
    })
    const again = await first.send(LeaveGroup, version, { groupId, memberId })
    expect(again.errorCode).toBe(errorCode('UNKNOWN_MEMBER_ID'))
  })

  it.each([3, 4, 5])('v%i answers for each member, static ones by instance id', async (version) => {
    const groupId = `left-v${version}`
    const groupInstanceId = 'i'
    const { memberId } = await becomeStable(first, groupId, { groupInstanceId })
    const members = [
      { memberId: 'nobody' },
      { memberId: 'another', groupInstanceId },
      { memberId: '', groupInstanceId },
      { memberId, groupInstanceId },
    ]
    const answer = await first.send(LeaveGroup, version, { groupId, members })
    expect(answer.errorCode).toBe(0)
    expect(answer.members).toEqual([
      { ...members[0], groupInstanceId: null, errorCode: errorCode('UNKNOWN_MEMBER_ID') },
      { ...members[1], errorCode: errorCode('FENCED_INSTANCE_ID') },
      { ...members[2], errorCode: 0 },
      { ...members[3], errorCode: errorCode('UNKNOWN_MEMBER_ID') },
    ])
  })
})
