import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import { joinGroup, joinRequest } from '../testing/group-member.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

/** What other programs than plain consumers form groups with; their bytes mean nothing to a broker. */
let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

it.each([
  ['Kafka Streams', 'consumer', 'stream'],
  ['Kafka Connect', 'connect', 'sessioned'],
  ['Schema Registry', 'sr', 'v0'],
])('carries the bytes of %s unread (type %s, protocol %s)', async (_who, protocolType, name) => {
  const groupId = `group-of-${protocolType}`
  const [metadata, assignment] = [randomBytes(50_000), randomBytes(50_000)]
  const request = joinRequest(groupId, { protocolType, protocols: [{ name, metadata }] })
  const joined = await joinGroup(client, 9, request)
  const { memberId, generationId } = joined
  expect(joined).toMatchObject({ errorCode: 0, protocolType, protocolName: name })
  expect(joined.members.map((member) => metadata.equals(member.metadata))).toEqual([true])
  const synced = await client.send(SyncGroup, 5, {
    groupId,
    generationId,
    memberId,
    protocolType,
    protocolName: name,
    assignments: [{ memberId, assignment }],
  })
  expect(synced).toMatchObject({ errorCode: 0, protocolType, protocolName: name })
  expect(assignment.equals(synced.assignment)).toBe(true)
  const { groups } = await client.send(DescribeGroups, 5, { groups: [groupId] })
  expect(groups).toMatchObject([{ groupState: 'Stable', protocolType, protocolData: name }])
  expect(metadata.equals(groups[0]?.members[0]?.memberMetadata ?? Buffer.alloc(0))).toBe(true)
})

it('keeps programs of another type out of a group', async () => {
  const groupId = 'workers'
  const metadata = randomBytes(10)
  const connect = { protocolType: 'connect', protocols: [{ name: 'range', metadata }] }
  expect(await joinGroup(client, 9, joinRequest(groupId, connect))).toMatchObject({ errorCode: 0 })
  const consumer = await client.send(JoinGroup, 3, joinRequest(groupId))
  expect(consumer.errorCode).toBe(errorCode('INCONSISTENT_GROUP_PROTOCOL'))
})
