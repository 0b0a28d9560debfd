import { expect, test } from 'vitest'
import type {
  ConsumerGroup,
  GroupMember,
  GroupPartition,
} from '../../lib/format/consumer-groups.ts'
import { idleSentence, topicLanes } from './lag-lanes.ts'

function member(name: string, ...partitions: number[]): GroupMember {
  return {
    memberId: name,
    instanceId: null,
    clientId: name,
    host: '127.0.0.1',
    assigned: partitions.map((partition) => ({ topic: 'rides', partition })),
  }
}

function partition(number: number, part: Partial<GroupPartition> = {}): GroupPartition {
  return {
    ...{ topic: 'rides', partition: number, committed: 0, start: 0, end: 0, memberId: null },
    ...part,
  }
}

function group(members: readonly GroupMember[], partitions: readonly GroupPartition[]) {
  return {
    groupId: 'g',
    state: 'Stable',
    assignor: 'range',
    members,
    partitions,
  } satisfies ConsumerGroup
}

test('lanes stand beside who reads them, and those that nobody reads come last', () => {
  const one = group(
    [member('a', 1), member('b', 0), member('c')],
    [partition(0, { memberId: 'b' }), partition(1, { memberId: 'a' }), partition(2)],
  )
  const [rides] = topicLanes(one)
  expect(
    rides?.blocks.map(({ member: owner, lanes }) => [
      owner?.clientId ?? null,
      lanes.map(({ at }) => at.partition),
    ]),
  ).toEqual([
    ['a', [1]],
    ['b', [0]],
    [null, [2]],
  ])
  expect(idleSentence(one)).toBe('2 partitions, 3 consumers: one has nothing to read')
})

test('a lane shows the last 400 messages, or all where no partition has as many', () => {
  const lanes = (...partitions: GroupPartition[]) => topicLanes(group([], partitions))[0]
  const many = lanes(partition(0, { end: 10_119, committed: 10_087 }))
  expect(many?.messagesShown).toBe(400)
  expect(many?.blocks[0]?.lanes[0]).toMatchObject({ behind: 32, startShare: 0, currentShare: 0.92 })
  const few = lanes(
    partition(0, { end: 20, committed: 20 }),
    partition(1, { start: 5, end: 10, committed: 6 }),
  )
  expect(few?.messagesShown).toBe(20)
  expect(few?.blocks[0]?.lanes).toMatchObject([
    { behind: 0, startShare: 0, currentShare: 1 },
    { behind: 4, startShare: 0.75, currentShare: 0.8 },
  ])
})

test('who is behind by more than the lane shows has read nothing of it', () => {
  const [rides] = topicLanes(group([], [partition(0, { end: 5000, committed: 100 })]))
  expect(rides?.blocks[0]?.lanes[0]).toMatchObject({ behind: 4900, currentShare: 0 })
})

test('without a commit, and without a topic, there is no place to stand', () => {
  const [rides] = topicLanes(
    group(
      [],
      [partition(0, { committed: null, end: 9 }), partition(1, { start: null, end: null })],
    ),
  )
  expect(rides?.blocks[0]?.lanes.map(({ behind, currentShare }) => [behind, currentShare])).toEqual(
    [
      [null, null],
      [null, null],
    ],
  )
})

test('of hundreds of partitions those are drawn that are furthest behind', () => {
  const partitions = Array.from({ length: 200 }, (_, index) => partition(index, { end: index }))
  const [rides] = topicLanes(group([], partitions))
  const drawn = rides?.blocks.flatMap(({ lanes }) => lanes.map(({ at }) => at.partition))
  expect(drawn).toEqual(Array.from({ length: 60 }, (_, index) => index + 140))
  expect(rides?.leftOut).toBe(140)
})
