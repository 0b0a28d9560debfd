import { expect, it } from 'vitest'
import { A_JOIN, createTestCoordinator, NO_GENERATION, OPEN } from '../testing/test-coordinator.ts'

it('a cluster has no more groups than it may, and those it has go on', async () => {
  const test = await createTestCoordinator({ groupsMax: 2 })
  await test.stableMember('joined')
  expect(await test.commit('committed', 1)).toEqual(['NONE'])
  expect(await test.commit('third', 1)).toEqual(['GROUP_MAX_SIZE_REACHED'])
  expect((await test.coordinator.join('third', A_JOIN, OPEN)).error).toBe('GROUP_MAX_SIZE_REACHED')
  expect(await test.commit('committed', 2)).toEqual(['NONE'])
  await test.coordinator.deleteGroups(['committed'])
  expect(await test.commit('third', 1)).toEqual(['NONE'])
})

it('what members offer and are assigned is bounded for all groups together', async () => {
  const test = await createTestCoordinator({ memberBytesMax: 10_000 })
  const large = [{ name: 'range', metadata: new Uint8Array(6000) }]
  const joining = test.coordinator.join('a', { ...A_JOIN, protocols: large }, OPEN)
  const refused = await test.coordinator.join('b', { ...A_JOIN, protocols: large }, OPEN)
  expect(refused.error).toBe('GROUP_MAX_SIZE_REACHED')
  test.clock.advance(1000)
  const { memberId, generation } = await joining
  const identity = { memberId, instanceId: null, generation }
  const rest = { ...identity, protocolType: null, protocolName: null }
  const assign = (sizeBytes: number) =>
    test.coordinator.sync(
      'a',
      { ...rest, assignments: new Map([[memberId, new Uint8Array(sizeBytes)]]) },
      OPEN,
    )
  expect((await assign(6000)).error).toBe('GROUP_MAX_SIZE_REACHED')
  expect((await assign(100)).error).toBe('NONE')
  expect(test.coordinator.heartbeat('a', identity)).toBe('NONE')
  test.coordinator.leave('a', [identity])
  const later = test.coordinator.join('b', { ...A_JOIN, protocols: large }, OPEN)
  test.clock.advance(1000)
  expect((await later).error).toBe('NONE')
})

it('committed offsets are bounded together, and those that are there can be moved', async () => {
  const test = await createTestCoordinator({ offsetBytesMax: 1050 })
  const commit = (partition: number, offset: number, metadata: string) =>
    test.coordinator.commitOffsets('g', NO_GENERATION, [
      { topic: 'orders', partition, offset, leaderEpoch: 0, metadata },
    ])
  expect(await commit(0, 1, 'x'.repeat(300))).toEqual(['NONE'])
  // Two at once: the second must not pass because the first is not stored yet.
  const both = [commit(1, 1, 'x'.repeat(200)), commit(2, 1, 'x'.repeat(200))]
  expect(await Promise.all(both)).toEqual([['NONE'], ['INVALID_COMMIT_OFFSET_SIZE']])
  expect(await commit(0, 2, 'x'.repeat(300))).toEqual(['NONE'])
  expect(await commit(1, 2, 'x'.repeat(400))).toEqual(['INVALID_COMMIT_OFFSET_SIZE'])
  expect(await commit(0, 3, '')).toEqual(['NONE'])
  expect(await commit(2, 1, 'x'.repeat(200))).toEqual(['NONE'])
  await test.coordinator.deleteGroups(['g'])
  expect(await commit(3, 1, 'x'.repeat(700))).toEqual(['NONE'])
})
