import 'server-only'
import type { ClusterLag, GroupLagSeries } from '../../broker/rules/services-control.ts'
import { minutesMax } from '../format/time-ranges.ts'
import { servicesControl } from '../services-control.ts'
import { type FromServices, refused } from './live.ts'
import type { OwnCluster } from './ownership.ts'

export type { ClusterLag, GroupLagSeries }

/** How far every group of a cluster was behind in the last hour: for lists. */
export async function readClusterLag(cluster: OwnCluster): Promise<FromServices<ClusterLag>> {
  const read = await servicesControl().clusterLag(cluster.id)
  return read.ok ? { ok: read.value } : refused(read)
}

/** How far one group was behind; a group that nobody has looked at has gaps only. */
export async function readGroupLag(
  cluster: OwnCluster,
  { group, minutes }: { readonly group: string; readonly minutes: number },
): Promise<FromServices<GroupLagSeries>> {
  const read = await servicesControl().groupLag(cluster.id, { group, minutes })
  return read.ok ? { ok: read.value } : refused(read)
}

/** How many minutes an address asks for; null where it is no such number. */
export function minutesIn(text: string | null): number | null {
  const minutes = Number(text ?? 60)
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= minutesMax ? minutes : null
}
