import { describe, expect, it } from 'vitest'
import {
  A_JOIN,
  createTestCoordinator,
  NO_GENERATION,
  OPEN,
  TENANT,
} from '../testing/test-coordinator.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const anOffset = { topic: 'orders', partition: 0, offset: 1, leaderEpoch: 0, metadata: '' }

describe('committing offsets', () => {
  it('shows and acknowledges a commit only when it is stored', async () => {
    const test = await createTestCoordinator()
    test.store.hold()
    let isAnswered = false
    const commit = test.commit('g', 5).then((answers) => {
      isAnswered = true
      return answers
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isAnswered).toBe(false)
    expect(test.committed('g')).toBe(-1)
    await test.store.release()
    expect(await commit).toEqual(['NONE'])
    expect(test.committed('g')).toBe(5)
    expect((await test.store.catalogue.load()).offsets).toMatchObject([{ offset: 5 }])
  })

  it('gathers what arrives during a write into the next one', async () => {
    const test = await createTestCoordinator()
    test.store.hold()
    const commits = [test.commit('a', 1)]
    for (let group = 0; group < 50; group++) commits.push(test.commit(`g${group}`, group))
    commits.push(test.commit('g0', 77))
    await test.store.release()
    expect((await Promise.all(commits)).flat().every((answer) => answer === 'NONE')).toBe(true)
    expect(test.store.calls).toEqual(['putOffsets 1', 'putOffsets 50'])
    expect(test.committed('g0')).toBe(77)
    expect(test.committed('g49')).toBe(49)
  })

  it('leaves everything as it was when storing fails, and says so in a retriable way', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 5)
    test.store.failWith(new Error('disk full'))
    const two = await test.coordinator.commitOffsets('g', NO_GENERATION, [
      { ...anOffset, offset: 9 },
      { ...anOffset, topic: 'nothing' },
    ])
    expect(two).toEqual(['COORDINATOR_NOT_AVAILABLE', 'UNKNOWN_TOPIC_OR_PARTITION'])
    expect(test.committed('g')).toBe(5)
    expect(test.logLines).toHaveLength(1)
    test.store.failWith(null)
    expect(await test.commit('g', 9)).toEqual(['NONE'])
    expect(test.committed('g')).toBe(9)
  })

  it('answers each partition by itself', async () => {
    const test = await createTestCoordinator()
    const answers = await test.coordinator.commitOffsets('g', NO_GENERATION, [
      { ...anOffset, metadata: 'x'.repeat(4096) },
      { ...anOffset, partition: 1, metadata: 'ü'.repeat(2049) },
      { ...anOffset, partition: 4 },
      { ...anOffset, topic: 'rides', metadata: 'kept' },
    ])
    expect(answers).toEqual([
      'NONE',
      'OFFSET_METADATA_TOO_LARGE',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'NONE',
    ])
    expect(test.coordinator.fetchOffsets('g', null)).toMatchObject([
      { topic: 'orders', partitions: [{ partition: 0, offset: 1 }] },
      { topic: 'rides', partitions: [{ partition: 0, metadata: 'kept' }] },
    ])
  })

  it('knows what members may commit', async () => {
    const test = await createTestCoordinator()
    const late = { ...NO_GENERATION, memberId: 'm', generation: 3 }
    expect(await test.coordinator.commitOffsets('none', late, [anOffset])).toEqual([
      'ILLEGAL_GENERATION',
    ])
    const unknown = { ...late, ifGroupIsUnknown: 'GROUP_ID_NOT_FOUND' } as const
    expect(await test.coordinator.commitOffsets('none', unknown, [anOffset])).toEqual([
      'GROUP_ID_NOT_FOUND',
    ])
    expect(test.coordinator.describe('none')).toBeUndefined()
    const memberId = await test.stableMember('g')
    expect(await test.commit('g', 1)).toEqual(['UNKNOWN_MEMBER_ID'])
    const member = { ...NO_GENERATION, memberId, generation: 1 }
    expect(await test.coordinator.commitOffsets('g', member, [anOffset])).toEqual(['NONE'])
    expect(
      await test.coordinator.commitOffsets('g', { ...member, generation: 2 }, [anOffset]),
    ).toEqual(['ILLEGAL_GENERATION'])
  })

  it('does not show the offsets of a topic that was deleted while they were written', async () => {
    const test = await createTestCoordinator()
    test.store.hold()
    const commit = test.commit('g', 5)
    const topicId = test.topics.get('orders') ?? ''
    test.topics.delete('orders')
    test.coordinator.topicDeleted(topicId)
    await test.store.release()
    expect(await commit).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    test.topics.set('orders', 'another-id')
    expect(test.committed('g')).toBe(-1)
    expect(test.coordinator.counts().offsets).toBe(0)
  })

  it('forgets the offsets of a deleted topic', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 5)
    await test.commit('g', 6, 'rides')
    test.coordinator.topicDeleted(test.topics.get('orders') ?? '')
    expect(test.committed('g')).toBe(-1)
    expect(test.committed('g', 'rides')).toBe(6)
  })

  it('finds committed offsets after a restart', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 5)
    const again = await test.restart()
    expect(again.committed('g')).toBe(5)
    expect(again.coordinator.describe('g')).toMatchObject({ state: 'Empty', protocolType: '' })
  })
})

describe('deleting offsets', () => {
  const orders = [{ topic: 'orders', partition: 0 }]

  it('deletes what is stored, and keeps it when that fails', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 5)
    test.store.failWith(new Error('disk full'))
    expect(await test.coordinator.deleteOffsets('g', orders)).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    expect(test.committed('g')).toBe(5)
    test.store.failWith(null)
    expect(
      await test.coordinator.deleteOffsets('g', [...orders, { topic: 'none', partition: 0 }]),
    ).toEqual(['NONE', 'UNKNOWN_TOPIC_OR_PARTITION'])
    expect(test.committed('g')).toBe(-1)
    expect((await test.store.catalogue.load()).offsets).toEqual([])
  })

  it('refuses what members read', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 5, 'rides')
    await test.stableMember('g')
    expect(
      await test.coordinator.deleteOffsets('g', [...orders, { topic: 'rides', partition: 0 }]),
    ).toEqual(['GROUP_SUBSCRIBED_TO_TOPIC', 'NONE'])
    expect(await test.coordinator.deleteOffsets('none', orders)).toBe('GROUP_ID_NOT_FOUND')
  })

  it('refuses groups with members that are no consumers', async () => {
    const test = await createTestCoordinator()
    void test.coordinator.join('workers', { ...A_JOIN, protocolType: 'connect' }, OPEN)
    expect(await test.coordinator.deleteOffsets('workers', orders)).toBe('NON_EMPTY_GROUP')
  })
})

describe('expiry (KIP-211)', () => {
  it('counts from when the group became empty, and then deletes the group', async () => {
    const test = await createTestCoordinator({ offsetsRetentionMs: HOUR_MS })
    const memberId = await test.stableMember('g')
    const member = { ...NO_GENERATION, memberId, generation: 1 }
    await test.coordinator.commitOffsets('g', member, [anOffset])
    for (let aliveMs = 0; aliveMs < 2 * HOUR_MS; aliveMs += 9_000) {
      test.coordinator.heartbeat('g', member)
      test.clock.advance(9_000)
    }
    expect(test.committed('g')).toBe(1)
    test.coordinator.leave('g', [{ memberId, instanceId: null }])
    test.clock.advance(HOUR_MS - 1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(test.committed('g')).toBe(1)
    test.clock.advance(600_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(test.committed('g')).toBe(-1)
    test.clock.advance(600_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(test.coordinator.describe('g')).toBeUndefined()
    expect(await test.store.catalogue.load()).toMatchObject({ groups: [], offsets: [] })
  })

  it('goes on counting across restarts', async () => {
    const test = await createTestCoordinator()
    const memberId = await test.stableMember('g')
    const member = { ...NO_GENERATION, memberId, generation: 1 }
    await test.coordinator.commitOffsets('g', member, [anOffset])
    const crashed = await test.restart()
    crashed.clock.advance(6 * DAY_MS)
    const again = await crashed.restart()
    again.clock.advance(DAY_MS - 600_001)
    expect(again.committed('g')).toBe(1)
    again.clock.advance(600_001)
    await new Promise((resolve) => setImmediate(resolve))
    expect(again.committed('g')).toBe(-1)
  })

  it('counts from the commit for who never joins, whatever restarts meanwhile', async () => {
    const before = await createTestCoordinator()
    await before.commit('g', 1)
    before.clock.advance(6 * DAY_MS)
    const test = await before.restart()
    await test.commit('g', 2, 'rides')
    test.clock.advance(DAY_MS)
    await new Promise((resolve) => setImmediate(resolve))
    expect(test.committed('g')).toBe(-1)
    expect(test.committed('g', 'rides')).toBe(2)
  })

  it('drops offsets of topics that a stable group reads no more', async () => {
    const test = await createTestCoordinator({ offsetsRetentionMs: HOUR_MS })
    await test.commit('g', 1)
    await test.commit('g', 2, 'rides')
    const memberId = await test.stableMember('g')
    const member = { memberId, instanceId: null, generation: 1 }
    for (let aliveMs = 0; aliveMs < 2 * HOUR_MS; aliveMs += 9_000) {
      test.coordinator.heartbeat('g', member)
      test.clock.advance(9_000)
    }
    await new Promise((resolve) => setImmediate(resolve))
    expect(test.committed('g')).toBe(1)
    expect(test.committed('g', 'rides')).toBe(-1)
  })

  it('never deletes what is being written', async () => {
    const test = await createTestCoordinator()
    await test.commit('g', 1)
    test.clock.advance(7 * DAY_MS - 600_000)
    test.store.hold()
    const commit = test.commit('g', 2)
    test.clock.advance(1_200_000)
    await test.store.release()
    expect(await commit).toEqual(['NONE'])
    expect(test.committed('g')).toBe(2)
    expect((await test.store.catalogue.load()).offsets).toMatchObject([
      { tenantId: TENANT, offset: 2 },
    ])
  })
})
