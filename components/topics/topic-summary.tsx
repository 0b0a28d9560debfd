import { configText, ruleOf } from '../forms/topic-config/config-draft.ts'
import { configLabels } from '../forms/topic-config/config-groups.ts'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'

/** Always shown, whether or not they were changed. */
const usual = ['cleanup.policy', 'retention.ms', 'retention.bytes', 'max.message.bytes']

/** What the form would create if it were sent now. */
export function TopicSummary({
  name,
  partitions,
  configs,
  defaults,
  clusterName,
}: {
  readonly name: string
  readonly partitions: string
  readonly configs: Readonly<Record<string, string>>
  readonly defaults: Readonly<Record<string, string>>
  readonly clusterName: string
}) {
  const others = [...configLabels.keys()].filter(
    (config) => !usual.includes(config) && configs[config] !== undefined,
  )
  return (
    <Card label="Summary">
      <CardHeader title="Summary" />
      <KeyValues>
        <KeyValue term="Topic name">{name === '' ? '–' : name}</KeyValue>
        <KeyValue term="Partitions">{partitions === '' ? '–' : partitions}</KeyValue>
        {[...usual, ...others].map((config) => {
          const value = configs[config] ?? defaults[config] ?? ''
          return (
            <KeyValue key={config} term={configLabels.get(config) ?? config}>
              <span className={configs[config] === undefined ? 'text-ink-2' : 'font-[580]'}>
                {value === '' ? '–' : configText(ruleOf(config), value)}
              </span>
            </KeyValue>
          )
        })}
        <KeyValue term="Cluster">{clusterName}</KeyValue>
      </KeyValues>
    </Card>
  )
}
