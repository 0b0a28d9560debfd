'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { findPlugin } from '../../lib/format/connector-plugins.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ConnectorRow } from '../../lib/queries/connectors.ts'
import { MeasuredFigure } from '../charts/measured-figure.tsx'
import { StateBadge } from '../states/state-badge.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { useConnectorPoll } from './use-connector-poll.ts'

export interface ConnectorListAnswer {
  readonly connectors: readonly ConnectorRow[]
}

/** The connectors of a cluster, with state and rates as of now. */
export function ConnectorList({
  at,
  initial,
}: {
  readonly at: ClusterAt
  readonly initial: ConnectorListAnswer
}) {
  const { value, problem } = useConnectorPoll(paths.connectorsPoll(at), initial)
  const [hrefOf] = useState(() => (q: string) => paths.connectors(at, { q }))
  const [text, setText] = useAddressState(textIn, hrefOf)
  useCatalogueWhenEmpty(value.connectors.length === 0)
  const wanted = text.trim().toLowerCase()
  const found = value.connectors.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <>
      <PageHeader title="Connectors">
        <ButtonLink
          href={paths.connectorPlugins(at)}
          tone="primary"
          icon={<Plus aria-hidden="true" />}
        >
          Add Connector
        </ButtonLink>
      </PageHeader>
      {problem === undefined ? null : <Note kind="caution">{problem}</Note>}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SearchField label="Search connectors" value={text} onChange={setText} hasShortcut />
        <span role="status" className="text-label text-ink-2">
          {counted(found.length, value.connectors.length)}
        </span>
      </div>
      <ConnectorTable at={at} connectors={found} />
      {found.length === 0 ? (
        <div className="flex flex-col items-start gap-3">
          <p className="text-ink-2">No connector’s name contains “{text.trim()}”.</p>
          <Button onClick={() => setText('')}>Clear search</Button>
        </div>
      ) : null}
    </>
  )
}

function ConnectorTable({
  at,
  connectors,
}: {
  readonly at: ClusterAt
  readonly connectors: readonly ConnectorRow[]
}) {
  return (
    <Table label="Connectors">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell className="max-lg:hidden">Plugin</HeadCell>
        <HeadCell className="max-sm:hidden">Topic</HeadCell>
        <HeadCell className="text-right max-sm:hidden">Tasks</HeadCell>
        <HeadCell className="text-right max-sm:hidden">Bytes/sec</HeadCell>
        <HeadCell className="text-right max-lg:pr-0">Messages/sec</HeadCell>
        <HeadCell className="text-right max-lg:hidden">Messages processed</HeadCell>
      </TableHead>
      <tbody>
        {connectors.map((connector) => (
          <ConnectorLine key={connector.id} at={at} connector={connector} />
        ))}
      </tbody>
    </Table>
  )
}

function ConnectorLine({
  at,
  connector: { name, pluginClass, topic, state, reason, tasks, rates, messagesProcessed },
}: {
  readonly at: ClusterAt
  readonly connector: ConnectorRow
}) {
  const running = tasks.filter((task) => task.state === 'RUNNING').length
  return (
    <Row>
      <Cell className="min-w-36 py-1.5 lg:min-w-60">
        <Link
          href={paths.connector({ ...at, connector: name })}
          className="rounded-sm font-[580] break-all group-hover:text-river hover:underline"
        >
          {name}
        </Link>
        {reason === '' ? null : (
          <span className="block max-w-[420px] text-label text-ink-2">{reason}</span>
        )}
      </Cell>
      <Cell>
        <StateBadge state={state} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-lg:hidden">
        {findPlugin(pluginClass)?.displayName ?? pluginClass}
      </Cell>
      <Cell className="max-w-[240px] truncate max-sm:hidden">
        {topic === '' ? (
          <span className="text-ink-3">–</span>
        ) : (
          <Link
            href={paths.topicOverview({ ...at, topic })}
            className="rounded-sm text-river hover:underline"
          >
            {topic}
          </Link>
        )}
      </Cell>
      <Cell className="text-right whitespace-nowrap max-sm:hidden">
        {running} of {tasks.length}
      </Cell>
      <Cell className="text-right whitespace-nowrap max-sm:hidden">
        <MeasuredFigure unit="bytesPerSecond" value={rates?.bytesPerSecond} />
      </Cell>
      <Cell className="text-right max-lg:pr-0">
        <MeasuredFigure unit="recordsPerSecond" value={rates?.recordsPerSecond} />
      </Cell>
      <Cell className="text-right max-lg:hidden">
        <span className={messagesProcessed === 0 ? 'text-ink-3' : ''}>
          {formatCount(messagesProcessed)}
        </span>
      </Cell>
    </Row>
  )
}

/** Without connectors the page is the catalogue, which the server renders. */
function useCatalogueWhenEmpty(isEmpty: boolean) {
  const router = useRouter()
  useEffect(() => {
    if (isEmpty) router.refresh()
  }, [isEmpty, router])
}

function textIn(query: Pick<URLSearchParams, 'get'>): string {
  return query.get('q') ?? ''
}

function counted(found: number, all: number): string {
  const of = found === all ? '' : `${formatCount(found)} of `
  return `${of}${formatCount(all)} ${all === 1 ? 'connector' : 'connectors'}`
}
