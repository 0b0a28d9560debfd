import { formatBytes, formatCount } from '../../lib/format/numbers.ts'
import type { LimitView } from '../../lib/queries/cluster-limits.ts'
import { KeyValue } from '../ui/card.tsx'

/** `1,500`, or `8,388,608 B (8.00 MB)`. */
export function formatLimit({ unit, value }: LimitView): string {
  return unit === 'bytes' ? `${formatCount(value)} B (${formatBytes(value)})` : formatCount(value)
}

/** Terms and values of what a cluster allows. */
export function LimitValues({ limits }: { readonly limits: readonly LimitView[] }) {
  return limits.map((limit) => (
    <KeyValue key={limit.name} term={limit.label}>
      {formatLimit(limit)}
    </KeyValue>
  ))
}
