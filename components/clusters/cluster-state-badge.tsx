import type { ClusterState } from '../../lib/format/cluster-states.ts'
import { StateBadge } from '../states/state-badge.tsx'
import type { StateName } from '../states/states.ts'

const names: Record<ClusterState, StateName> = {
  provisioning: 'PROVISIONING',
  running: 'RUNNING',
  deleting: 'DELETING',
}

export function ClusterStateBadge({
  state,
  isPill = false,
}: {
  readonly state: ClusterState
  readonly isPill?: boolean
}) {
  return <StateBadge state={names[state]} isPill={isPill} />
}
