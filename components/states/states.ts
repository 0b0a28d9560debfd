import type { BadgeShape, BadgeTone } from '../ui/badge.tsx'

/**
 * How each state of clusters, connectors, tasks, groups and consumers looks and what it is called: one
 * table, so that the same state is never told in two ways.
 */
export interface StateLook {
  readonly tone: BadgeTone
  readonly shape: BadgeShape
  readonly word: string
}

export const states = {
  PROVISIONING: { tone: 'river', shape: 'ring-turning', word: 'Provisioning' },
  REBALANCING: { tone: 'river', shape: 'ring-turning', word: 'Rebalancing' },
  WAITING: { tone: 'river', shape: 'ring-turning', word: 'Waiting' },
  RUNNING: { tone: 'moss', shape: 'disc', word: 'Running' },
  UP: { tone: 'moss', shape: 'disc', word: 'Ready' },
  STABLE: { tone: 'moss', shape: 'disc', word: 'Stable' },
  DEGRADED: { tone: 'amber', shape: 'triangle', word: 'Degraded' },
  PAUSED: { tone: 'stone', shape: 'bars', word: 'Paused' },
  FAILED: { tone: 'red', shape: 'lozenge', word: 'Failed' },
  IDLE: { tone: 'stone', shape: 'ring-dashed', word: 'Idle' },
  EMPTY: { tone: 'stone', shape: 'ring-dashed', word: 'Empty' },
  DELETING: { tone: 'stone', shape: 'ring-turning', word: 'Deleting' },
  DELETED: { tone: 'stone', shape: 'ring', word: 'Deleted' },
  DEAD: { tone: 'stone', shape: 'ring', word: 'Dead' },
  STOPPED: { tone: 'stone', shape: 'ring', word: 'Stopped' },
} as const satisfies Record<string, StateLook>

export type StateName = keyof typeof states
