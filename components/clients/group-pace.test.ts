import { expect, test } from 'vitest'
import type { ConsumerGroup, GroupPartition } from '../../lib/format/consumer-groups.ts'
import { addLook, formatPace, type GroupPace, paceOf } from './group-pace.ts'

function partition(committed: number | null, end: number): GroupPartition {
  return { topic: 'rides', partition: 0, committed, start: 0, end, memberId: null }
}

function group(groupId: string, at: GroupPartition): ConsumerGroup {
  return { groupId, state: 'Stable', assignor: 'range', members: [], partitions: [at] }
}

function looks(...offsets: readonly (readonly [committed: number | null, end: number])[]) {
  return offsets.reduce<GroupPace | null>(
    (pace, [committed, end], index) =>
      addLook(pace, {
        takenMs: 5000 * index,
        group: group('riders', partition(committed, end)),
      }),
    null,
  )
}

test('a pace is what offsets moved by, per second', () => {
  const pace = looks([0, 10], [5, 20], [15, 30])
  expect(paceOf(pace, partition(15, 30))).toEqual({ written: 2, read: 1.5 })
})

test('one look tells no pace, and neither does a commit that was not there before', () => {
  expect(paceOf(looks([1, 2]), partition(1, 2))).toEqual({ written: null, read: null })
  expect(paceOf(looks([null, 2], [1, 2]), partition(1, 2))).toEqual({ written: 0, read: null })
})

test('an offset that was set back is no negative pace', () => {
  expect(paceOf(looks([9, 9], [2, 9]), partition(2, 9)).read).toBe(0)
})

test('another group begins anew, and the same look counts once', () => {
  const first = looks([0, 1], [0, 2])
  const same = addLook(first, { takenMs: 5000, group: group('riders', partition(0, 2)) })
  expect(same.looks).toHaveLength(2)
  const other = addLook(same, { takenMs: 9000, group: group('b', partition(0, 2)) })
  expect(other).toMatchObject({ groupId: 'b', looks: [{ takenMs: 9000 }] })
})

test('a pace is that of the last 20 seconds', () => {
  const slowThenFast = looks([0, 0], [0, 0], [0, 100], [0, 200], [0, 300], [0, 400])
  expect(slowThenFast?.looks).toHaveLength(5)
  expect(paceOf(slowThenFast, partition(0, 400)).written).toBe(20)
})

test.each([
  [0, '0 msg/s'],
  [1.13, '1.1 msg/s'],
  [12_345.6, '12,346 msg/s'],
])('%d reads well', (pace, text) => {
  expect(formatPace(pace)).toBe(text)
})
