import 'server-only'
import { cache } from 'react'
import {
  type ClusterLimitName,
  type ClusterType,
  clusterLimits,
  clusterTypes,
  limitsOf,
} from '../../broker/rules/limits.ts'
import { brokerControl } from '../broker-control.ts'
import type { OwnCluster } from './ownership.ts'

/** A limit as a page shows it: the table's words, and the value that holds here. */
export interface LimitView {
  readonly name: ClusterLimitName
  readonly label: string
  readonly unit: 'count' | 'bytes'
  readonly value: number
}

/** What a type of cluster allows, as the broker enforces it. */
export function limitsOfType(type: ClusterType): readonly LimitView[] {
  return viewsOf(limitsOf(type))
}

/**
 * What this cluster allows: its type's limits, with those in their place that a preset has set for it
 * alone. While the broker cannot be asked, the type's.
 */
export const readLimits = cache(async (cluster: OwnCluster): Promise<readonly LimitView[]> => {
  const type = clusterTypes.find((candidate) => candidate === cluster.type) ?? 'BASIC'
  const tenants = await brokerControl().tenants()
  const tenant = tenants.ok ? tenants.value.find(({ id }) => id === cluster.id) : undefined
  return viewsOf(limitsOf(tenant?.type ?? type, tenant?.limits))
})

function viewsOf(values: Readonly<Record<ClusterLimitName, number>>): readonly LimitView[] {
  const names: readonly ClusterLimitName[] = [
    'partitions',
    'connections',
    'apiKeys',
    'messageBytes',
    'connectorTasks',
    'tasksPerConnector',
  ]
  return names.map((name) => {
    const { label, unit } = clusterLimits[name]
    return { name, label, unit, value: values[name] }
  })
}
