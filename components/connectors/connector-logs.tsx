'use client'

import { useState } from 'react'
import { formatPlural } from '../../lib/format/numbers.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { ConnectorPage } from '../../lib/queries/connector-page.ts'
import { Card } from '../ui/card.tsx'
import { ToolbarSelect } from '../ui/select.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { ConnectorActions } from './connector-actions.tsx'
import { ConnectorHeader } from './connector-header.tsx'
import { LogTable } from './log-table.tsx'
import { PageProblem } from './page-problem.tsx'
import { useConnectorPage } from './use-connector-page.ts'

const levels = [
  { value: 'all', label: 'All levels' },
  { value: 'INFO', label: 'INFO' },
  { value: 'WARN', label: 'WARN' },
  { value: 'ERROR', label: 'ERROR' },
] as const

/** What happened to it since the services started, newest first. */
export function ConnectorLogs({
  at,
  initial,
}: {
  readonly at: ConnectorAt
  readonly initial: ConnectorPage
}) {
  const { value, problem, isGone, refresh } = useConnectorPage(at, 'logs', initial)
  const [hrefOf] = useState(() => (level: string) => {
    return paths.connectorLogs(at, { level: level === 'all' ? undefined : level })
  })
  const [level, setLevel] = useAddressState(levelIn, hrefOf)
  const { connector, logs } = value
  const lines = logs.filter((line) => level === 'all' || line.level === level)
  return (
    <>
      <ConnectorHeader at={at} connector={connector} tab="logs">
        <ConnectorActions at={at} connector={connector} onChanged={refresh} />
      </ConnectorHeader>
      <PageProblem at={at} problem={problem} isGone={isGone} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ToolbarSelect label="Level" options={levels} value={level} onChange={setLevel} />
        <span className="text-label text-ink-2">
          {formatPlural(lines.length, 'line')}, newest first; the last 1,000 are kept
        </span>
      </div>
      {lines.length === 0 ? (
        <p className="text-ink-2">
          {level === 'all'
            ? 'Nothing has been logged since the last start.'
            : `Nothing of level ${level} has been logged since the last start.`}
        </p>
      ) : (
        <Card label="Logs">
          <LogTable lines={lines} />
        </Card>
      )}
    </>
  )
}

function levelIn(query: Pick<URLSearchParams, 'get'>): string {
  const level = query.get('level')
  return levels.find(({ value }) => value === level)?.value ?? 'all'
}
