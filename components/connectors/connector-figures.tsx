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
        unit="since it was created"
      />
      <Figure
        label="Throughput"
        value={records?.figure ?? '–'}
        unit={records === null ? 'not measured yet' : 'messages/sec'}
      />
      <Figure
        label="Bytes"
        value={bytes?.figure ?? '–'}
        unit={bytes === null ? 'not measured yet' : bytes.unit}
      />
      <Figure label="Messages behind" value="–" unit="Sources have none" />
      <Figure label="Tasks running" value={running} unit={`of ${tasks.length}`} />
    </StatStrip>
  )
}
