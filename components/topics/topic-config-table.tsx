'use client'

import { configText, findRule } from '../forms/topic-config/config-draft.ts'
import { configGroups } from '../forms/topic-config/config-groups.ts'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'

export interface ShownConfig {
  readonly name: string
  readonly value: string | null
  readonly isOverride: boolean
  readonly inherited: { readonly value: string | null; readonly source: 'cluster' | 'kafka' }
  readonly documentation: string | null
}

/** Every config of a topic: those that a person may set in their groups, then the others. */
export function TopicConfigTable({ configs }: { readonly configs: readonly ShownConfig[] }) {
  return (
    <Table label="Settings">
      <TableHead>
        <HeadCell>Setting</HeadCell>
        <HeadCell className="lg:w-[18%]">Value</HeadCell>
        <HeadCell className="lg:w-[18%]">Default</HeadCell>
        <HeadCell className="lg:w-[14%]">Source</HeadCell>
      </TableHead>
      {sectionsOf(configs).map(({ title, rows }) => (
        <tbody key={title}>
          <tr className="border-b border-line">
            <th scope="rowgroup" colSpan={4} className="pt-5 pb-2 text-section font-[620]">
              {title}
            </th>
          </tr>
          {rows.map(({ label, config }) => (
            <ConfigRow key={config.name} label={label} config={config} />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

function ConfigRow({
  label,
  config,
}: {
  readonly label: string | null
  readonly config: ShownConfig
}) {
  return (
    <Row>
      <Cell className="py-2 align-top max-lg:w-full">
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          {label === null ? null : <span className="font-[580]">{label}</span>}
          <code className={label === null ? 'text-label' : 'text-label text-ink-2'}>
            {config.name}
          </code>
        </div>
        {config.documentation === null ? null : (
          <p className="max-w-[640px] text-label text-ink-3">{config.documentation}</p>
        )}
      </Cell>
      <Cell className="min-w-28 py-2 align-top">
        <Value name={config.name} value={config.value} isStrong={config.isOverride} />
      </Cell>
      <Cell className="min-w-28 py-2 align-top text-ink-2">
        <Value name={config.name} value={config.inherited.value} isStrong={false} />
      </Cell>
      <Cell className="min-w-28 py-2 align-top">
        {config.isOverride ? (
          <span className="font-[580]">Set on this topic</span>
        ) : (
          <span className="text-ink-2">
            {config.inherited.source === 'cluster' ? 'Cluster default' : 'Kafka default'}
          </span>
        )}
      </Cell>
    </Row>
  )
}

/** In words, with what Kafka stores below where that says it otherwise. */
function Value({
  name,
  value,
  isStrong,
}: {
  readonly name: string
  readonly value: string | null
  readonly isStrong: boolean
}) {
  if (value === null || value === '') return <span className="text-ink-3">–</span>
  const rule = findRule(name)
  const words = rule === undefined ? value : configText(rule, value)
  return (
    <>
      <span className={isStrong ? 'font-[580]' : undefined}>{words}</span>
      {rule?.unit === undefined || words === value ? null : (
        <code className="block text-label break-all text-ink-3">{value}</code>
      )}
    </>
  )
}

interface Section {
  readonly title: string
  readonly rows: readonly { readonly label: string | null; readonly config: ShownConfig }[]
}

function sectionsOf(configs: readonly ShownConfig[]): readonly Section[] {
  const byName = new Map(configs.map((config) => [config.name, config]))
  const grouped = configGroups.map(({ title, fields }) => ({
    title,
    rows: fields.flatMap(({ name, label }) => {
      const config = byName.get(name)
      byName.delete(name)
      return config === undefined ? [] : [{ label, config }]
    }),
  }))
  const others = [...byName.values()].map((config) => ({ label: null, config }))
  return [...grouped, { title: 'Fixed by the cluster', rows: others }].filter(
    ({ rows }) => rows.length > 0,
  )
}
