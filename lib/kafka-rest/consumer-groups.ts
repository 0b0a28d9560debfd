import type { GroupMember, GroupState } from '../format/consumer-groups.ts'
import { createGroupReader, type GroupMembership, type ListedGroup } from '../kafka/groups.ts'
import { type Answer, idParam, type RestCall, type Route } from './calls.ts'
import { restErrors } from './errors.ts'
import { list, related, resource } from './resources.ts'

const group = '/consumer-groups/:group'
const consumer = `${group}/consumers/:consumer`

export const groupRoutes: readonly Route[] = [
  { method: 'GET', path: '/consumer-groups', handle: listGroups },
  { method: 'GET', path: group, handle: getGroup },
  { method: 'GET', path: `${group}/consumers`, handle: listConsumers },
  { method: 'GET', path: consumer, handle: getConsumer },
  { method: 'GET', path: `${consumer}/assignments`, handle: listAssignments },
  {
    method: 'GET',
    path: `${consumer}/assignments/:topic/partitions/:partition`,
    handle: getAssignment,
  },
]

async function listGroups(call: RestCall): Promise<Answer> {
  const reader = createGroupReader(call.nodes)
  const listed = await reader.list()
  const described = await reader.members(listed)
  const data = listed.flatMap((of) => {
    const membership = described.find(({ groupId }) => groupId === of.groupId)
    return membership === undefined ? [] : [groupResource(call, of, membership)]
  })
  return { json: list(call, 'KafkaConsumerGroup', data) }
}

async function getGroup(call: RestCall): Promise<Answer> {
  return withGroup(call, async (listed, membership) => ({
    json: groupResource(call, listed, membership),
  }))
}

async function listConsumers(call: RestCall): Promise<Answer> {
  return withGroup(call, async ({ groupId }, { members }) => {
    const data = members.map((member) => consumerResource(call, groupId, member))
    return { json: list(call, 'KafkaConsumer', data) }
  })
}

async function getConsumer(call: RestCall): Promise<Answer> {
  return withConsumer(call, async (groupId, member) => ({
    json: consumerResource(call, groupId, member),
  }))
}

/** Nothing while the group rebalances: what its members read is not settled then. */
async function listAssignments(call: RestCall): Promise<Answer> {
  return withConsumer(call, async (groupId, { memberId, assigned }) => {
    const data = (assigned ?? []).map((at) =>
      assignmentResource(call, { groupId, memberId, ...at }),
    )
    return { json: list(call, 'KafkaConsumerAssignment', data) }
  })
}

async function getAssignment(call: RestCall): Promise<Answer> {
  return withConsumer(call, async (groupId, { memberId, assigned }) => {
    const topic = call.param('topic')
    const partition = idParam(call, 'partition')
    const at = assigned?.find((one) => one.topic === topic && one.partition === partition)
    if (at === undefined) return { error: restErrors.notFound }
    return { json: assignmentResource(call, { groupId, memberId, ...at }) }
  })
}

async function withGroup(
  call: RestCall,
  use: (listed: ListedGroup, membership: GroupMembership) => Promise<Answer>,
): Promise<Answer> {
  const reader = createGroupReader(call.nodes)
  const listed = await findGroup(call)
  const [membership] = listed === undefined ? [] : await reader.members([listed])
  return listed === undefined || membership === undefined
    ? { error: restErrors.notFound }
    : use(listed, membership)
}

/** The group that the path names, at its coordinator. */
export async function findGroup(call: RestCall): Promise<ListedGroup | undefined> {
  const groups = await createGroupReader(call.nodes).list()
  return groups.find(({ groupId }) => groupId === call.param('group'))
}

async function withConsumer(
  call: RestCall,
  use: (groupId: string, member: GroupMember) => Promise<Answer>,
): Promise<Answer> {
  return withGroup(call, async ({ groupId }, { members }) => {
    const member = members.find(({ memberId }) => memberId === call.param('consumer'))
    return member === undefined ? { error: restErrors.notFound } : use(groupId, member)
  })
}

const states: Readonly<Record<GroupState, string>> = {
  Stable: 'STABLE',
  PreparingRebalance: 'PREPARING_REBALANCE',
  CompletingRebalance: 'COMPLETING_REBALANCE',
  Empty: 'EMPTY',
  Dead: 'DEAD',
}

function groupResource(call: RestCall, listed: ListedGroup, { state, assignor }: GroupMembership) {
  const { groupId, node, protocolType } = listed
  const place = ['consumer-groups', groupId]
  const coordinator = call.cluster.brokers.find(
    ({ host, port }) => host === node.host && port === node.port,
  )
  return {
    ...resource(call, { kind: 'KafkaConsumerGroup', place, crn: [['consumer-group', groupId]] }),
    consumer_group_id: groupId,
    is_simple: protocolType === '',
    partition_assignor: assignor,
    state: states[state],
    type: 'CLASSIC',
    is_mixed_consumer_group: false,
    ...(coordinator && { coordinator: related(call, ['brokers', `${coordinator.nodeId}`]) }),
    consumers: related(call, [...place, 'consumers']),
    lag_summary: related(call, [...place, 'lag-summary']),
  }
}

function consumerResource(
  call: RestCall,
  groupId: string,
  { memberId, instanceId, clientId }: GroupMember,
) {
  const place = ['consumer-groups', groupId, 'consumers', memberId]
  return {
    ...resource(call, {
      kind: 'KafkaConsumer',
      place,
      crn: [
        ['consumer-group', groupId],
        ['consumer', memberId],
      ],
    }),
    consumer_group_id: groupId,
    consumer_id: memberId,
    instance_id: instanceId,
    client_id: clientId,
    assignments: related(call, [...place, 'assignments']),
  }
}

interface Assignment {
  readonly groupId: string
  readonly memberId: string
  readonly topic: string
  readonly partition: number
}

function assignmentResource(call: RestCall, { groupId, memberId, topic, partition }: Assignment) {
  const inGroup = ['consumer-groups', groupId]
  const inTopic = [topic, 'partitions', `${partition}`]
  return {
    ...resource(call, {
      kind: 'KafkaConsumerAssignment',
      place: [...inGroup, 'consumers', memberId, 'assignments', ...inTopic],
      crn: [
        ['consumer-group', groupId],
        ['consumer', memberId],
        ['assignment', topic],
        ['partition', partition],
      ],
    }),
    consumer_group_id: groupId,
    consumer_id: memberId,
    topic_name: topic,
    partition_id: partition,
    partition: related(call, ['topics', ...inTopic]),
    lag: related(call, [...inGroup, 'lags', ...inTopic]),
  }
}
