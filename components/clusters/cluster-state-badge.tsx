import { type ClusterState, clusterStates } from '../../lib/format/cluster-states.ts'
import { Badge, type BadgeShape, type BadgeTone } from '../ui/badge.tsx'

const looks: Record<ClusterState, { tone: BadgeTone; shape: BadgeShape }> = {
  provisioning: { tone: 'river', shape: 'ring-turning' },
  running: { tone: 'moss', shape: 'disc' },
  deleting: { tone: 'stone', shape: 'ring-turning' },
}

export function ClusterStateBadge({
  state,
  isPill = false,
}: {
  readonly state: ClusterState
  readonly isPill?: boolean
}) {
  return <Badge {...looks[state]} word={clusterStates[state].word} isPill={isPill} />
}
