import { formatCount } from '../../lib/format/numbers.ts'
import type { ConnectorView } from '../../lib/queries/connectors.ts'
import { splitChartValue } from '../charts/chart-unit.ts'
import { Figure, StatStrip } from '../ui/stat-strip.tsx'

/** How much it has written, and writes now. */
export function ConnectorFigures({ connector }: { readonly connector: ConnectorView }) {
  const { messagesProcessed, rates, tasks } = connector
  const records = rates && splitChartValue(rates.recordsPerSecond, 'recordsPerSecond')
  const bytes = rates && splitChartValue(rates.bytesPerSecond, 'bytesPerSecond')
  const running = tasks.filter(({ state }) => state === 'RUNNING').length
  return (
    <StatStrip label="Figures">
      <Figure
        label="Messages processed"
        value={formatCount(messagesProcessed)}
        hint="since it was created"
      />
      <Figure
        label="Throughput"
        value={records?.figure ?? '–'}
        {...(records === null ? {} : { unit: 'messages/s' })}
        hint={records === null ? 'not measured yet' : 'over the last 5 s'}
      />
      <Figure
        label="Bytes"
        value={bytes?.figure ?? '–'}
        {...(bytes === null ? {} : { unit: bytes.unit })}
        hint={bytes === null ? 'not measured yet' : 'over the last 5 s'}
      />
      <Figure label="Messages behind" value="–" hint="Sources have none" />
      <Figure label="Tasks running" value={running} unit={`of ${tasks.length}`} hint="now" />
    </StatStrip>
  )
}
