import { formatBytes, formatCount } from '../../lib/format/numbers.ts'
import { formatRetention } from '../../lib/format/times.ts'
import type { TopicTraffic } from '../../lib/queries/topic-traffic.ts'
import { Figure, StatStrip } from '../ui/stat-strip.tsx'

/** What the topic holds, and what flowed through it before the page was opened. */
export function TopicFigures({
  total,
  retentionMs,
  traffic,
}: {
  readonly total: number
  readonly retentionMs: number | null
  /** Null where nothing was measured. */
  readonly traffic: TopicTraffic | null
}) {
  const [retention, ...unit] =
    retentionMs === null ? ['–'] : formatRetention(retentionMs).split(' ')
  return (
    <StatStrip label="This topic">
      <Flow what="Production" bytes={traffic?.producedBytes} measuredMs={traffic?.measuredMs} />
      <Flow what="Consumption" bytes={traffic?.consumedBytes} measuredMs={traffic?.measuredMs} />
      <Figure label="Total messages" value={formatCount(total)} />
      <Figure label="Retention time" value={retention} unit={unit.join(' ')} />
    </StatStrip>
  )
}

const hourMs = 3_600_000

function Flow({
  what,
  bytes,
  measuredMs = 0,
}: {
  readonly what: string
  readonly bytes: number | undefined
  readonly measuredMs: number | undefined
}) {
  const [value = '–', unit = ''] = bytes === undefined ? [] : formatBytes(bytes).split(' ')
  const minutes = Math.max(1, Math.round(measuredMs / 60_000))
  const isPart = bytes !== undefined && measuredMs < hourMs * 0.95
  const span = !isPart ? 'hour' : minutes === 1 ? 'minute' : `${minutes} min`
  return <Figure label={`${what} in last ${span}`} value={value} unit={unit} />
}
