'use client'

import Link from 'next/link'
import { liveMinutesMax } from '../../lib/format/time-ranges.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { ConnectorPage } from '../../lib/queries/connector-page.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { ConnectorActions } from './connector-actions.tsx'
import { ConnectorFigures } from './connector-figures.tsx'
import { ConnectorHeader } from './connector-header.tsx'
import { LogTable } from './log-table.tsx'
import { PageProblem } from './page-problem.tsx'
import { RestartButton } from './restart-button.tsx'
import { StateStripe } from './state-stripe.tsx'
import { TaskTable } from './task-table.tsx'
import { Throughput, useThroughputRange } from './throughput.tsx'
import { useConnectorPage } from './use-connector-page.ts'

/** Whether it runs, how much it writes, and what happened last. */
export function ConnectorOverview({
  at,
  initial,
}: {
  readonly at: ConnectorAt
  readonly initial: ConnectorPage
}) {
  const range = useThroughputRange(initial.series)
  // Up to an hour is cut out of an hour, so that another range shows at once.
  const minutes = Math.max(range.minutes, liveMinutesMax)
  const { value, problem, isGone, refresh } = useConnectorPage(at, 'overview', initial, minutes)
  const { connector, series, logs, events } = value
  const isWrong = connector.state === 'FAILED' || connector.state === 'DEGRADED'
  return (
    <>
      <ConnectorHeader at={at} connector={connector} tab="overview">
        <ConnectorActions at={at} connector={connector} onChanged={refresh} />
      </ConnectorHeader>
      <PageProblem at={at} problem={problem} isGone={isGone} />
      <StateStripe connector={connector}>
        {isWrong ? (
          <span className="flex flex-wrap gap-2">
            <ButtonLink href={paths.connectorSettings(at)} size="small">
              Change settings
            </ButtonLink>
            <RestartButton at={at} onChanged={refresh} />
          </span>
        ) : null}
      </StateStripe>
      <ConnectorFigures connector={connector} />
      <Throughput series={series} createdMs={connector.createdMs} events={events} range={range} />
      <TaskTable at={at} tasks={connector.tasks} onChanged={refresh} />
      <Card label="Logs">
        <CardHeader title="Logs">
          <Link
            href={paths.connectorLogs(at)}
            className="rounded-sm font-[560] text-river hover:underline"
          >
            All logs
          </Link>
        </CardHeader>
        {logs.length === 0 ? (
          <p className="px-4 py-3 text-ink-2">Nothing has been logged since the last start.</p>
        ) : (
          <LogTable lines={logs} />
        )}
      </Card>
    </>
  )
}
