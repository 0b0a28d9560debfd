import 'server-only'
import type { ConsumerGroup, GroupMember, GroupState } from '../format/consumer-groups.ts'
import { type PlannedOffset, planReset, type ResetTarget } from '../format/offset-reset.ts'
import { parseReset, type ResetQuery, type ResetScope } from '../format/reset-query.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { findGroup } from './groups.ts'
import type { OwnCluster } from './ownership.ts'
import { type FromCluster, fromCluster } from './topics.ts'

/** A dry run: what a reset would do as of one moment, and whether it could be carried out. */
export interface ResetView {
  readonly takenMs: number
  /** What it answers: a form that has changed since waits for another. */
  readonly asked: ResetQuery
  readonly groupId: string
  readonly state: GroupState
  readonly members: readonly GroupMember[]
  /** Those that the group has committed offsets of. */
  readonly topics: readonly string[]
  /** Null where `problem` says which field needs another value. */
  readonly plan: readonly PlannedOffset[] | null
  readonly problem: ResetProblem | null
}

export interface ResetProblem {
  readonly field: 'topic' | 'partitions' | 'value'
  readonly message: string
}

/** `ok` is null where there is no such group. */
export function readResetPlan(
  cluster: OwnCluster,
  groupId: string,
  query: ResetQuery,
): Promise<FromCluster<ResetView | null>> {
  return fromCluster(cluster, async () => {
    const asked = parseReset(query)
    const named = 'scope' in asked ? asked.scope.topic : null
    const group = await findGroup(cluster, groupId, named === null ? [] : [named])
    if (group === null) return null
    const planned = 'problem' in asked ? asked : await plan(cluster, group, asked)
    return {
      takenMs: Date.now(),
      asked: query,
      groupId,
      state: group.state,
      members: group.members,
      topics: topicsOf(group.partitions.filter(({ committed }) => committed !== null)),
      plan: 'plan' in planned ? planned.plan : null,
      problem: 'problem' in planned ? planned.problem : null,
    }
  })
}

type Planned = { readonly plan: readonly PlannedOffset[] } | { readonly problem: ResetProblem }

async function plan(
  cluster: OwnCluster,
  group: ConsumerGroup,
  { scope, target }: { readonly scope: ResetScope; readonly target: ResetTarget },
): Promise<Planned> {
  const partitions = partitionsIn(group, scope)
  if ('problem' in partitions) return partitions
  if (target.to !== 'time') return { plan: planReset(partitions.chosen, target) }
  const byTopic = await offsetsAtTime(cluster, topicsOf(partitions.chosen), target.timeMs)
  const timed = partitions.chosen.map((one) => {
    const atTime = byTopic.get(one.topic)?.get(one.partition)
    return atTime === undefined ? one : { ...one, atTime }
  })
  return { plan: planReset(timed, target) }
}

/** As Kafka's tool: of all topics what has been committed, of one topic every partition. */
function partitionsIn(
  { partitions }: ConsumerGroup,
  { topic, partitions: numbers }: ResetScope,
): { readonly chosen: ConsumerGroup['partitions'] } | { readonly problem: ResetProblem } {
  if (topic === null) return { chosen: partitions.filter(({ committed }) => committed !== null) }
  const ofTopic = partitions.filter((one) => one.topic === topic)
  if (ofTopic.every(({ end }) => end === null)) {
    return { problem: { field: 'topic', message: `There is no topic ${topic}.` } }
  }
  if (numbers === null) return { chosen: ofTopic }
  const known = new Set(ofTopic.map(({ partition }) => partition))
  const unknown = numbers.find((number) => !known.has(number))
  if (unknown !== undefined) {
    const message = `${topic} has no partition ${unknown}: its last is ${Math.max(...known)}.`
    return { problem: { field: 'partitions', message } }
  }
  const wanted = new Set(numbers)
  return { chosen: ofTopic.filter(({ partition }) => wanted.has(partition)) }
}

async function offsetsAtTime(cluster: OwnCluster, topics: readonly string[], timeMs: number) {
  const client = clusterClient(cluster.id)
  const found = await Promise.all(
    topics.map(async (topic) => {
      const offsets = await client.readOffsetsAtTime(topic, timeMs).catch((error: unknown) => {
        // The topic is gone: its partitions have no end either, and the plan says so.
        if (asKafkaFailure(error)?.code !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error
        return new Map<number, number>()
      })
      return [topic, offsets] as const
    }),
  )
  return new Map(found)
}

function topicsOf(partitions: readonly { readonly topic: string }[]): readonly string[] {
  return [...new Set(partitions.map(({ topic }) => topic))]
}
