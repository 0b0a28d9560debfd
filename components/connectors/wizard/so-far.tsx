import type { ConnectorConfig } from '../../../lib/format/connector-config.ts'
import { expectedRecordsPerSecond } from '../../../lib/format/connector-states.ts'
import { formatBytes, formatCount } from '../../../lib/format/numbers.ts'
import type { TemplateChoice } from '../../../lib/queries/add-connector.ts'
import { Card, CardHeader, KeyValue, KeyValues } from '../../ui/card.tsx'
import { recordBytes } from './record-bytes.ts'
import type { SampleRecords } from './use-sample-records.ts'

/** What has been chosen, and what it comes to. */
export function SoFar({
  config,
  template,
  sample,
}: {
  readonly config: ConnectorConfig
  readonly template: TemplateChoice | undefined
  readonly sample: SampleRecords | undefined
}) {
  const { 'kafka.topic': topic, 'kafka.api.key': key } = config
  return (
    <Card label="So far">
      <CardHeader title="So far" />
      <KeyValues>
        <KeyValue term="Topic">{topic ?? <None />}</KeyValue>
        <KeyValue term="Credentials">
          {key === undefined ? <None /> : <code className="text-label">{key}</code>}
        </KeyValue>
        {sample === undefined ? null : (
          <>
            <KeyValue term="Format">{config['output.data.format']}</KeyValue>
            <KeyValue term={template === undefined ? 'Schema' : 'Template'}>
              {template === undefined ? (
                'Your own'
              ) : (
                <code className="text-label">{template.id}</code>
              )}
            </KeyValue>
            <KeyValue term="Expected rate">{expectedRate(config, sample)}</KeyValue>
          </>
        )}
      </KeyValues>
    </Card>
  )
}

function None() {
  return <span className="text-ink-3">–</span>
}

/** `2 messages/s, 340 B/s`: by the interval, and by the bytes of the sample records. */
function expectedRate(config: ConnectorConfig, { records }: SampleRecords): string {
  const interval = Number(config['max.interval'] ?? '1000')
  const tasks = Number(config['tasks.max'] ?? '1')
  if (!(interval > 0) || !(tasks > 0)) return '–'
  const rate = expectedRecordsPerSecond(interval, tasks)
  const messages = rate >= 10 ? formatCount(Math.round(rate)) : String(Number(rate.toFixed(2)))
  if (records.length === 0) return `${messages} messages/s`
  const bytes = records.reduce(
    (sum, { key, value }) => sum + recordBytes(key ?? '') + recordBytes(value),
    0,
  )
  return `${messages} messages/s, ${formatBytes(Math.round((rate * bytes) / records.length))}/s`
}
