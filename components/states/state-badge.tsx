import { Badge } from '../ui/badge.tsx'
import { type StateName, states } from './states.ts'

/** A state by colour, shape and word; plain in lists, a pill in headers. */
export function StateBadge({
  state,
  isPill = false,
}: {
  readonly state: StateName
  readonly isPill?: boolean
}) {
  return <Badge {...states[state]} isPill={isPill} />
}
