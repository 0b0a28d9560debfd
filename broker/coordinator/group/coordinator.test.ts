import { describe, expect, it } from 'vitest'
import { A_JOIN, createTestCoordinator, NO_GENERATION, OPEN } from '../testing/test-coordinator.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('parked requests', () => {
  it('are given up with their connection, and the member stays until its session ends', async () => {
    const test = await createTestCoordinator()
    const connection = new AbortController()
    const joining = test.coordinator.join('g', A_JOIN, connection.signal)
    expect(test.coordinator.counts().parkedRequests).toBe(1)
    connection.abort()
    expect((await joining).error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(test.coordinator.counts()).toMatchObject({ parkedRequests: 0, members: 1 })
    test.clock.advance(100)
    expect(test.coordinator.describe('g')?.state).toBe('CompletingRebalance')
    test.clock.advance(10_000)
    expect(test.coordinator.describe('g')).toMatchObject({ state: 'Empty', members: [] })
  })

  it('leave nothing behind on a connection that stays open', async () => {
    const test = await createTestCoordinator()
    const connection = new AbortController()
    const listeners = { added: 0, removed: 0 }
    const signal = new Proxy(connection.signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners.added++
        if (name === 'removeEventListener') listeners.removed++
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const joining = test.coordinator.join('g', A_JOIN, signal)
    test.clock.advance(100)
    await joining
    expect(listeners).toEqual({ added: 1, removed: 1 })
  })

  it('are answered when the coordinator closes, and timers stop', async () => {
    const test = await createTestCoordinator()
    const joining = test.coordinator.join('g', A_JOIN, OPEN)
    test.coordinator.close()
    expect((await joining).error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(test.coordinator.counts()).toMatchObject({ parkedRequests: 0, timers: 0 })
    const late = await test.coordinator.join('g', A_JOIN, OPEN)
    expect(late.error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(await test.commit('g', 1)).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    expect(test.coordinator.counts().timers).toBe(0)
  })
})

describe('finding the group', () => {
  it('refuses what names no group, or asks for a session out of bounds', async () => {
    const { coordinator } = await createTestCoordinator()
    expect((await coordinator.join('', A_JOIN, OPEN)).error).toBe('INVALID_GROUP_ID')
    expect(coordinator.heartbeat('', NO_GENERATION)).toBe('INVALID_GROUP_ID')
    expect(coordinator.leave('', [])).toMatchObject({ error: 'INVALID_GROUP_ID' })
    for (const sessionTimeoutMs of [5_999, 1_800_001]) {
      const answer = await coordinator.join('g', { ...A_JOIN, sessionTimeoutMs }, OPEN)
      expect(answer.error).toBe('INVALID_SESSION_TIMEOUT')
    }
    const stranger = await coordinator.join('g', { ...A_JOIN, memberId: 'm' }, OPEN)
    expect(stranger.error).toBe('UNKNOWN_MEMBER_ID')
    const empty = await coordinator.join('g', { ...A_JOIN, protocols: [] }, OPEN)
    expect(empty.error).toBe('INCONSISTENT_GROUP_PROTOCOL')
    expect(coordinator.heartbeat('g', NO_GENERATION)).toBe('UNKNOWN_MEMBER_ID')
    expect(coordinator.describeAll()).toEqual([])
  })

  it('makes no group for a commit of which nothing is taken', async () => {
    const test = await createTestCoordinator()
    expect(await test.commit('g', 1, 'no such topic')).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    expect(test.coordinator.counts().groups).toBe(0)
    const [refused, taken] = [test.commit('h', 1, 'no such topic'), test.commit('h', 2)]
    expect(await refused).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    expect(await taken).toEqual(['NONE'])
    expect(test.coordinator.describeAll()).toMatchObject([{ groupId: 'h', state: 'Empty' }])
    expect(test.committed('h')).toBe(2)
  })

  it('hands out no more ids than a group may have members', async () => {
    const test = await createTestCoordinator({ membersMax: 2 })
    const join = () => test.coordinator.join('g', { ...A_JOIN, requiresMemberId: true }, OPEN)
    const answers = [await join(), await join(), await join()]
    expect(answers.map(({ error }) => error)).toEqual([
      'MEMBER_ID_REQUIRED',
      'MEMBER_ID_REQUIRED',
      'GROUP_MAX_SIZE_REACHED',
    ])
    expect(test.coordinator.counts().timers).toBe(2)
    test.clock.advance(A_JOIN.sessionTimeoutMs)
    expect((await join()).error).toBe('MEMBER_ID_REQUIRED')
  })

  it('makes ids from the instance id, or else from the client id', async () => {
    const test = await createTestCoordinator()
    expect(await test.stableMember('a')).toMatch(/^client-[0-9a-f-]{36}$/)
    expect(await test.stableMember('b', 'till-7')).toMatch(/^till-7-[0-9a-f-]{36}$/)
  })

  it('shows groups as data', async () => {
    const test = await createTestCoordinator()
    const memberId = await test.stableMember('g', 'i1')
    expect(test.coordinator.describe('g')).toMatchObject({
      state: 'Stable',
      protocolType: 'consumer',
      protocolName: 'range',
      generation: 1,
      members: [{ memberId, instanceId: 'i1', clientId: 'client', clientHost: '/127.0.0.1' }],
    })
    expect(test.coordinator.counts()).toMatchObject({ groups: 1, members: 1, parkedRequests: 0 })
  })
})

describe('a restart', () => {
  it('forgets members and goes on with the generation', async () => {
    const test = await createTestCoordinator()
    const memberId = await test.stableMember('g')
    const again = await test.restart()
    const known = { memberId, instanceId: null, generation: 1 }
    expect(again.coordinator.heartbeat('g', known)).toBe('UNKNOWN_MEMBER_ID')
    const rejoin = await again.coordinator.join('g', { ...A_JOIN, memberId }, OPEN)
    expect(rejoin.error).toBe('UNKNOWN_MEMBER_ID')
    await again.stableMember('g')
    expect(again.coordinator.describe('g')?.generation).toBe(2)
  })
})

describe('deleting groups', () => {
  it('deletes a group without members, with its offsets', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 1)
    await test.stableMember('busy')
    expect(await test.coordinator.deleteGroups(['g', 'busy', 'none'])).toEqual([
      'NONE',
      'NON_EMPTY_GROUP',
      'GROUP_ID_NOT_FOUND',
    ])
    expect(test.coordinator.describe('g')).toBeUndefined()
    expect(test.committed('g')).toBe(-1)
    const stored = await test.store.catalogue.load()
    expect(stored.offsets).toEqual([])
    expect(stored.groups.map(({ groupId }) => groupId)).toEqual(['busy'])
  })

  it('sends whoever comes meanwhile away to try again, and takes it then', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 1)
    test.store.hold()
    const deleting = test.coordinator.deleteGroups(['g'])
    expect(await test.commit('g', 2)).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    expect((await test.coordinator.join('g', A_JOIN, OPEN)).error).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(test.coordinator.heartbeat('g', NO_GENERATION)).toBe('COORDINATOR_NOT_AVAILABLE')
    expect(test.coordinator.describe('g')).toBeUndefined()
    await test.store.release()
    expect(await deleting).toEqual(['NONE'])
    expect(await test.commit('g', 3)).toEqual(['NONE'])
  })

  it('keeps the group when that cannot be stored', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 1)
    test.store.failWith(new Error('disk full'))
    expect(await test.coordinator.deleteGroups(['g'])).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    test.store.failWith(null)
    expect(test.committed('g')).toBe(1)
    await test.stableMember('g')
    expect(test.coordinator.describe('g')?.state).toBe('Stable')
  })

  it('takes the timers of ids that nobody has used', async () => {
    const test = await createTestCoordinator()
    void test.coordinator.join('g', { ...A_JOIN, requiresMemberId: true }, OPEN)
    expect(test.coordinator.counts().timers).toBe(1)
    expect(await test.coordinator.deleteGroups(['g'])).toEqual(['NONE'])
    expect(test.coordinator.counts()).toMatchObject({ timers: 0, groups: 0 })
  })
})

describe('when storing fails', () => {
  it('a generation is not begun, and members come back', async () => {
    const test = await createTestCoordinator()
    const joining = test.coordinator.join('g', A_JOIN, OPEN)
    test.clock.advance(100)
    const { memberId, generation } = await joining
    test.store.failWith(new Error('disk full'))
    const request = { memberId, instanceId: null, generation, protocolType: null }
    const sync = { ...request, protocolName: null, assignments: new Map() }
    expect((await test.coordinator.sync('g', sync, OPEN)).error).toBe('COORDINATOR_NOT_AVAILABLE')
    await settled()
    const heartbeat = { memberId, instanceId: null, generation }
    expect(test.coordinator.heartbeat('g', heartbeat)).toBe('REBALANCE_IN_PROGRESS')
    test.store.failWith(null)
    await test.commit('another', 1)
    expect(test.logLines).toEqual([
      'Groups and offsets of lkc-test cannot be stored: Error: disk full',
      'Groups and offsets of lkc-test are stored again, after 1 failed',
    ])
  })
})
