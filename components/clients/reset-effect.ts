import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import type { PlannedOffset } from '../../lib/format/offset-reset.ts'

/** What a plan comes to, over all of its partitions. */
export interface ResetEffect {
  /** Partitions whose offset becomes another one, or that have none yet. */
  readonly changed: number
  readonly unchanged: number
  /** Those that are left as they are, because nothing can be said of them. */
  readonly leftOut: number
  /** Messages between the old and the new offset: read once more, or never. */
  readonly readAgain: number
  readonly skipped: number
}

export function effectOf(plan: readonly PlannedOffset[]): ResetEffect {
  const set = plan.filter(({ offset }) => offset !== null)
  const unchanged = set.filter(({ difference }) => difference === 0).length
  const differences = set.map(({ difference }) => difference ?? 0)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    changed: set.length - unchanged,
    unchanged,
    leftOut: plan.length - set.length,
    readAgain: sum(differences.map((difference) => Math.max(0, -difference))),
    skipped: sum(differences.map((difference) => Math.max(0, difference))),
  }
}

/** `2 partitions get another offset: 40 messages are read again, 5 are skipped.` */
export function effectSentence({ changed, readAgain, skipped }: ResetEffect): string {
  if (changed === 0) return 'Nothing changes: every partition is there already.'
  const parts = [
    ...(readAgain > 0
      ? [`${formatPlural(readAgain, 'message')} ${areOrIs(readAgain)} read again`]
      : []),
    ...(skipped > 0 ? [`${formatPlural(skipped, 'message')} ${areOrIs(skipped)} skipped`] : []),
  ]
  const head = `${formatPlural(changed, 'partition gets', 'partitions get')} another offset`
  return parts.length === 0 ? `${head}.` : `${head}: ${parts.join(', ')}.`
}

function areOrIs(count: number): string {
  return count === 1 ? 'is' : 'are'
}

/** `+50`, `−40`, `0`. */
export function formatDifference(difference: number): string {
  if (difference === 0) return '0'
  return `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))}`
}
