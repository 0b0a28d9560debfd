import {
  type ConsumerGroup,
  type GroupMember,
  type GroupPartition,
  messagesBehind,
  totalBehind,
} from '../format/consumer-groups.ts'
import { createGroupReader } from '../kafka/groups.ts'
import { type Answer, idParam, type RestCall, type Route } from './calls.ts'
import { findGroup } from './consumer-groups.ts'
import { restErrors } from './errors.ts'
import { list, related, resource } from './resources.ts'

const group = '/consumer-groups/:group'

export const lagRoutes: readonly Route[] = [
  { method: 'GET', path: `${group}/lag-summary`, handle: getSummary },
  { method: 'GET', path: `${group}/lags`, handle: listLags },
  { method: 'GET', path: `${group}/lags/:topic/partitions/:partition`, handle: getLag },
]

/** A partition of which it can be said how far behind the group is. */
interface Lag extends GroupPartition {
  readonly committed: number
  readonly end: number
  readonly lag: number
  readonly member: GroupMember | undefined
}

/** The partition that is furthest behind, and all of them together. */
async function getSummary(call: RestCall): Promise<Answer> {
  return withGroup(call, async (of) => {
    const [first, ...others] = lagsOf(of)
    if (first === undefined) return { error: restErrors.notFound }
    const most = others.reduce((found, lag) => (lag.lag > found.lag ? lag : found), first)
    const { groupId } = of
    const inGroup = ['consumer-groups', groupId]
    const { memberId } = most.member ?? { memberId: '' }
    const partition = ['topics', most.topic, 'partitions', `${most.partition}`]
    return {
      json: {
        ...resource(call, {
          kind: 'KafkaConsumerGroupLagSummary',
          place: [...inGroup, 'lag-summary'],
          crn: [['consumer-group', groupId]],
        }),
        consumer_group_id: groupId,
        max_lag_consumer_id: memberId,
        max_lag_instance_id: most.member?.instanceId ?? null,
        max_lag_client_id: most.member?.clientId ?? '',
        max_lag_topic_name: most.topic,
        max_lag_partition_id: most.partition,
        max_lag: most.lag,
        total_lag: totalBehind(of.partitions) ?? 0,
        max_lag_consumer: related(call, [...inGroup, 'consumers', memberId]),
        max_lag_partition: related(call, partition),
      },
    }
  })
}

async function listLags(call: RestCall): Promise<Answer> {
  return withGroup(call, async (of) => {
    const data = lagsOf(of).map((lag) => lagResource(call, of.groupId, lag))
    return { json: list(call, 'KafkaConsumerLag', data) }
  })
}

async function getLag(call: RestCall): Promise<Answer> {
  return withGroup(call, async (of) => {
    const topic = call.param('topic')
    const partition = idParam(call, 'partition')
    const lag = lagsOf(of).find((one) => one.topic === topic && one.partition === partition)
    return lag === undefined
      ? { error: restErrors.notFound }
      : { json: lagResource(call, of.groupId, lag) }
  })
}

async function withGroup(
  call: RestCall,
  use: (of: ConsumerGroup) => Promise<Answer>,
): Promise<Answer> {
  const listed = await findGroup(call)
  const found = listed === undefined ? [] : await createGroupReader(call.nodes).describe([listed])
  const [of] = found
  return of === undefined ? { error: restErrors.notFound } : use(of)
}

/** A partition without a commit has no lag, and neither has one whose topic is gone. */
function lagsOf({ partitions, members }: ConsumerGroup): readonly Lag[] {
  return partitions.flatMap((partition) => {
    const { committed, end, memberId } = partition
    const lag = messagesBehind(partition)
    if (committed === null || end === null || lag === null) return []
    const member = members.find((one) => one.memberId === memberId)
    return [{ ...partition, committed, end, lag, member }]
  })
}

function lagResource(call: RestCall, groupId: string, lag: Lag) {
  const { topic, partition, member } = lag
  return {
    ...resource(call, {
      kind: 'KafkaConsumerLag',
      place: ['consumer-groups', groupId, 'lags', topic, 'partitions', `${partition}`],
      crn: [
        ['consumer-group', groupId],
        ['lag', topic],
        ['partition', partition],
      ],
    }),
    consumer_group_id: groupId,
    topic_name: topic,
    partition_id: partition,
    // Nobody reads it now where these are empty.
    consumer_id: member?.memberId ?? '',
    instance_id: member?.instanceId ?? null,
    client_id: member?.clientId ?? '',
    current_offset: lag.committed,
    log_end_offset: lag.end,
    lag: lag.lag,
  }
}
