import { expect, it } from 'vitest'
import type { ConsumerGroup, GroupPartition } from '../format/consumer-groups.ts'
import { failureOfCode } from '../kafka/failure.ts'
import { groupRefusal, movedSince } from './group-refusal.ts'

const partition: GroupPartition = {
  ...{ topic: 'rides', partition: 0, committed: 5, start: 2, end: 9, memberId: null },
}
const group: ConsumerGroup = {
  groupId: 'riders',
  state: 'Empty',
  assignor: '',
  members: [],
  partitions: [partition],
}
const offsets = [{ topic: 'rides', partition: 0, committed: 5, offset: 2 }]

function after(change: Partial<GroupPartition>, offset = 2) {
  const now = { ...group, partitions: [{ ...partition, ...change }] }
  const plan = offsets.map((one) => ({ ...one, offset }))
  return movedSince({ groupId: 'riders', group: now, offsets: plan })
}

it('a dry run holds as long as nothing has moved', () => {
  expect(movedSince({ groupId: 'riders', group, offsets })).toBeNull()
  expect(after({ end: 12 }, 9)).toBeNull()
})

it('says what has moved since', () => {
  expect(after({ committed: 6 })?.message).toMatch(/is now at 6, not at 5\./)
  expect(after({ committed: null })?.message).toMatch(/is now at no offset, not at 5\./)
  expect(after({ start: 3 })?.message).toMatch(/now begins at 3, behind 2\./)
  expect(after({ end: 8 }, 9)?.message).toMatch(/now ends at 8, before 9\./)
  expect(after({ start: null, end: null })?.message).toMatch(/is gone or has no leader\./)
  expect(after({ committed: 6 })?.code).toBe('OFFSETS_MOVED')
})

it('names the members that have come back, and a group that is gone', () => {
  const member = {
    memberId: 'a-1',
    instanceId: null,
    clientId: 'a',
    host: '10.0.0.4',
    assigned: [],
  }
  const active: ConsumerGroup = { ...group, state: 'Stable', members: [member] }
  expect(movedSince({ groupId: 'riders', group: active, offsets })).toEqual({
    code: 'NON_EMPTY_GROUP',
    message: 'riders is stable. Stop its member first: a at 10.0.0.4.',
  })
  expect(movedSince({ groupId: 'riders', group: null, offsets })?.code).toBe('GROUP_ID_NOT_FOUND')
})

it('says for a group with members what Kafka says only of the rule', () => {
  for (const code of [25, 68]) {
    expect(groupRefusal(failureOfCode(code), 'riders').error.message).toMatch(/^riders has members/)
  }
  expect(groupRefusal(failureOfCode(86), 'riders').error.message).toMatch(/subscribed/)
})
