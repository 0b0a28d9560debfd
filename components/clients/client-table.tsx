import Link from 'next/link'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { formatChartValue } from '../charts/chart-unit.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import type { ClientKind, ListedClient } from './client-rows.ts'

const looks = {
  producers: { label: 'Producers', rate: 'Production', colour: 'd1' },
  consumers: { label: 'Consumers', rate: 'Consumption', colour: 'd2' },
} as const

/** Clients with what they write or read, and where. */
export function ClientTable({
  at,
  kind,
  clients,
}: {
  readonly at: ClusterAt
  readonly kind: ClientKind
  readonly clients: readonly ListedClient[]
}) {
  const { label, rate } = looks[kind]
  return (
    <>
      <Table label={label} isLong>
        <TableHead>
          <HeadCell>Client ID</HeadCell>
          <HeadCell>Library</HeadCell>
          <HeadCell className="text-right">{rate}</HeadCell>
          <HeadCell className="text-right">Messages</HeadCell>
          {kind === 'consumers' ? <HeadCell>Consumer group</HeadCell> : null}
          <HeadCell>Topics</HeadCell>
          <HeadCell className="text-right">Connections</HeadCell>
        </TableHead>
        <tbody>
          {clients.map((client) => (
            <ClientRow key={nameOf(client)} at={at} kind={kind} client={client} />
          ))}
        </tbody>
      </Table>
      <p className="text-label text-ink-3">
        Rates are measured every 5 seconds. Each line shows the last 5 minutes on its own scale.
      </p>
    </>
  )
}

function ClientRow({
  at,
  kind,
  client,
}: {
  readonly at: ClusterAt
  readonly kind: ClientKind
  readonly client: ListedClient
}) {
  return (
    <Row>
      <Cell className="max-w-[260px] truncate font-[580]" title={client.clientId}>
        {nameOf(client)}
      </Cell>
      <Cell
        className="max-w-[220px] truncate"
        title={client.software.join(', ') || 'This client does not say which library it uses.'}
      >
        {client.software.length === 0 ? (
          <span className="text-ink-3">–</span>
        ) : (
          client.software.join(', ')
        )}
      </Cell>
      <Cell>
        <span className="flex items-center justify-end gap-3 whitespace-nowrap">
          <Sparkline values={client.sparkline} colour={looks[kind].colour} />
          <span className="min-w-[76px] text-right">
            <Rate value={client.bytesPerSecond} unit="bytesPerSecond" />
          </span>
        </span>
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <Rate value={client.recordsPerSecond} unit="recordsPerSecond" />
        {client.recordsPerSecond === null ? null : <span className="text-ink-2"> /s</span>}
      </Cell>
      {kind === 'consumers' ? (
        <Cell>
          <Names
            names={client.groups}
            hrefOf={(group) => paths.consumerLag(at, { group })}
            none="No group"
          />
        </Cell>
      ) : null}
      <Cell>
        <Names names={client.topics} hrefOf={(topic) => paths.topicOverview({ ...at, topic })} />
      </Cell>
      <Cell className="text-right">
        {client.connections === 0 ? (
          <span className="text-ink-3">0</span>
        ) : (
          formatCount(client.connections)
        )}
      </Cell>
    </Row>
  )
}

function nameOf({ clientId, isOther }: ListedClient): string {
  if (isOther) return 'All others'
  return clientId === '' ? 'No client ID' : clientId
}

function Rate({
  value,
  unit,
}: {
  readonly value: number | null
  readonly unit: 'bytesPerSecond' | 'recordsPerSecond'
}) {
  if (value === null) return <span className="text-ink-3">–</span>
  return <span className={value === 0 ? 'text-ink-3' : ''}>{formatChartValue(value, unit)}</span>
}

const namesMax = 3

/** The first of them as links, and how many more there are. */
function Names({
  names,
  hrefOf,
  none = '–',
}: {
  readonly names: readonly string[]
  readonly hrefOf: (name: string) => string
  readonly none?: string
}) {
  if (names.length === 0) return <span className="text-ink-3">{none}</span>
  const more = names.slice(namesMax)
  return (
    <span className="flex gap-x-3 whitespace-nowrap">
      {names.slice(0, namesMax).map((name) => (
        <Link
          key={name}
          href={hrefOf(name)}
          title={name}
          className="max-w-[200px] truncate rounded-sm text-river hover:underline"
        >
          {name}
        </Link>
      ))}
      {more.length === 0 ? null : (
        <span title={more.join(', ')} className="text-ink-2">
          and {formatCount(more.length)} more
        </span>
      )}
    </span>
  )
}
