import 'server-only'
import { type ConsumerGroup, type GroupSummary, summaryOf } from '../format/consumer-groups.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import type { ListedGroup } from '../kafka/groups.ts'
import type { GroupsPollQuery } from '../paths.ts'
import type { OwnCluster } from './ownership.ts'
import { type FromCluster, fromCluster } from './topics.ts'
import { readUnreadTimes, type UnreadTime } from './unread-times.ts'

/** The consumer groups of a cluster, as of one moment. */
export interface GroupsView {
  readonly takenMs: number
  /** How many there are in all, and how many of them match what was searched for. */
  readonly total: number
  readonly found: number
  /** The first of those found, by id. */
  readonly groups: readonly GroupSummary[]
  /** The one that was asked for; null where none was, or it is gone. */
  readonly group: GroupView | null
}

export interface GroupView extends ConsumerGroup {
  /** When the first message that it has yet to read was written, of the partitions furthest behind. */
  readonly unread: readonly UnreadTime[]
}

/** Reading the lag of thousands every 5 s would be felt; a search narrows them down. */
const groupsMax = 200

export function readGroups(
  cluster: OwnCluster,
  { q = '', group: wanted, times }: GroupsPollQuery,
): Promise<FromCluster<GroupsView>> {
  return fromCluster(cluster, async () => {
    const { groups } = clusterClient(cluster.id)
    const all = await groups.list()
    const found = all.filter(({ groupId }) => contains(groupId, q))
    const shown = new Set(found.slice(0, groupsMax))
    const described = await groups.describe(
      all.filter((one) => shown.has(one) || isIt(one, wanted)),
    )
    const group = described.find((one) => isIt(one, wanted))
    const listed = new Set([...shown].map(({ groupId }) => groupId))
    return {
      takenMs: Date.now(),
      total: all.length,
      found: found.length,
      groups: described.filter(({ groupId }) => listed.has(groupId)).map(summaryOf),
      group:
        group === undefined
          ? null
          : { ...group, unread: await readUnreadTimes(clusterClient(cluster.id), group, times) },
    }
  })
}

/** One group as it is now, with all partitions of these topics; null where there is none. */
export async function findGroup(
  cluster: OwnCluster,
  groupId: string,
  topics: readonly string[] = [],
): Promise<ConsumerGroup | null> {
  const { groups } = clusterClient(cluster.id)
  const listed = (await groups.list()).filter((one) => one.groupId === groupId)
  const [group] = await groups.describe(listed, topics)
  return group ?? null
}

/** Which topics the members of every group read, by client id: for the list of consumers. */
export async function readMembers(cluster: OwnCluster): Promise<FromCluster<readonly Reader[]>> {
  return fromCluster(cluster, async () => {
    const { groups } = clusterClient(cluster.id)
    const described = await groups.members((await groups.list()).slice(0, groupsMax))
    return described.flatMap(({ groupId, members }) =>
      members.map(({ clientId, assigned }) => ({
        clientId,
        groupId,
        topics: [...new Set(assigned?.map(({ topic }) => topic))],
      })),
    )
  })
}

export interface Reader {
  readonly clientId: string
  readonly groupId: string
  readonly topics: readonly string[]
}

function contains(groupId: string, text: string): boolean {
  return groupId.toLowerCase().includes(text.trim().toLowerCase())
}

function isIt(one: Pick<ListedGroup, 'groupId'>, wanted: string | undefined): boolean {
  return wanted !== undefined && one.groupId === wanted
}
