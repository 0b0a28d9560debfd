import type { GroupState } from '../../lib/format/consumer-groups.ts'
import type { SeriesColour } from '../charts/series.ts'
import type { StateName } from '../states/states.ts'

/** Which state of the product's table a group's is. */
export const groupLooks: Readonly<Record<GroupState, StateName>> = {
  Stable: 'STABLE',
  PreparingRebalance: 'REBALANCING',
  CompletingRebalance: 'REBALANCING',
  Empty: 'EMPTY',
  Dead: 'DEAD',
}

/** Lanes and consumers that belong together have one colour. Sienna is what a group is behind. */
const consumerColours: readonly SeriesColour[] = ['d2', 'd3', 'd4', 'd5', 'd6', 's2']

export function consumerColour(index: number): SeriesColour {
  return consumerColours[index % consumerColours.length] ?? 'd2'
}
