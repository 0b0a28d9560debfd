import { ORDERS_SUBSCRIPTION } from '../coordinator/testing/test-coordinator.ts'
import { errorName } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import type { RequestToSend, ResponseReceived } from '../protocol/schema.ts'

type Joined = ResponseReceived<typeof JoinGroup>

/** What a consumer asks when it joins; `request` replaces parts of it. */
export function joinRequest(
  groupId: string,
  request: Partial<RequestToSend<typeof JoinGroup>> = {},
): RequestToSend<typeof JoinGroup> {
  return {
    groupId,
    memberId: '',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: ORDERS_SUBSCRIPTION }],
    ...request,
  }
}

/** Joins as a client does: once more with the id that v4 and later give out first. */
export async function joinGroup(
  client: KafkaClient,
  version: number,
  request: RequestToSend<typeof JoinGroup>,
): Promise<Joined> {
  const answer = await client.send(JoinGroup, version, request)
  return errorName(answer.errorCode) === 'MEMBER_ID_REQUIRED'
    ? await client.send(JoinGroup, version, { ...request, memberId: answer.memberId })
    : answer
}

/** Joins a group alone and takes its assignment, so that the group is stable. */
export async function becomeStable(
  client: KafkaClient,
  groupId: string,
  request: Partial<RequestToSend<typeof JoinGroup>> = {},
): Promise<{ readonly memberId: string; readonly generationId: number }> {
  const joined = await joinGroup(client, 9, joinRequest(groupId, request))
  const { memberId, generationId, protocolType, protocolName } = joined
  await client.send(SyncGroup, 5, {
    groupId,
    generationId,
    memberId,
    protocolType,
    protocolName,
    groupInstanceId: request.groupInstanceId ?? null,
    assignments: [{ memberId, assignment: Uint8Array.of(1, 2, 3) }],
  })
  return { memberId, generationId }
}
