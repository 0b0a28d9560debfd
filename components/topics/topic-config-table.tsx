import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'

interface ConfigEntry {
  readonly name: string
  readonly value: string | null
  readonly isOverride: boolean
  readonly isReadOnly: boolean
}

/** What was set on the topic first, then what it inherits. */
export function TopicConfigTable({ configs }: { readonly configs: readonly ConfigEntry[] }) {
  const sorted = [...configs].sort(
    (a, b) => Number(b.isOverride) - Number(a.isOverride) || a.name.localeCompare(b.name),
  )
  return (
    <Table label="Configuration">
      <TableHead>
        <HeadCell>Setting</HeadCell>
        <HeadCell>Value</HeadCell>
        <HeadCell>Source</HeadCell>
      </TableHead>
      <tbody>
        {sorted.map((config) => (
          <Row key={config.name}>
            <Cell className="font-mono text-label">{config.name}</Cell>
            <Cell className="font-mono text-label break-all">
              {config.value === null || config.value === '' ? '–' : config.value}
            </Cell>
            <Cell className={config.isOverride ? 'font-[580]' : 'text-ink-2'}>
              {config.isOverride ? 'Set on this topic' : 'Default'}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
