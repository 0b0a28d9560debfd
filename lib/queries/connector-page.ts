import 'server-only'
import { notFound } from 'next/navigation'
import { liveMinutesMax } from '../format/time-ranges.ts'
import type { ConnectorAt } from '../paths.ts'
import { type ConnectorSeries, readConnectorSeries } from './connector-metrics.ts'
import { type ConnectorView, type LogLine, readConnector, readConnectorLogs } from './connectors.ts'
import type { FromServices } from './live.ts'
import { type OwnCluster, requireCluster } from './ownership.ts'

/** What the pages of a connector show and ask for again every few seconds. */
export interface ConnectorPage {
  readonly connector: ConnectorView
  /** Null where the page shows none, or nothing is measured. */
  readonly series: ConnectorSeries | null
  /** Newest first. */
  readonly logs: readonly LogLine[]
  /** What people did to it, for above the chart. */
  readonly events: readonly { readonly atMs: number; readonly word: string }[]
}

export const connectorShows = ['overview', 'logs', 'settings'] as const
export type ConnectorShow = (typeof connectorShows)[number]

/** Lines of the log that the overview has room for. */
const linesOnOverview = 5

/** What this page of a connector shows, its series over `minutes`; null where there is no such connector. */
export async function readConnectorPage(
  cluster: OwnCluster,
  name: string,
  { show, minutes = liveMinutesMax }: { readonly show: ConnectorShow; readonly minutes?: number },
): Promise<FromServices<ConnectorPage | null>> {
  const read = await readConnector(cluster, name)
  if ('error' in read) return read
  if (read.ok === null) return { ok: null }
  const [series, lines] = await Promise.all([
    show === 'overview' ? readConnectorSeries(cluster, { id: read.ok.id, minutes }) : null,
    show === 'settings' ? { ok: [] } : readConnectorLogs(cluster, name),
  ])
  const newest = 'ok' in lines ? lines.ok.toReversed() : []
  return {
    ok: {
      connector: read.ok,
      series,
      logs: show === 'overview' ? newest.slice(0, linesOnOverview) : newest,
      events: newest.flatMap(eventIn),
    },
  }
}

/**
 * For pages about a connector: what the page shows, the sign-in page, or 404. Where the services do
 * not answer, the error says why.
 */
export async function requireConnectorPage(
  at: ConnectorAt,
  { show, returnTo }: { readonly show: ConnectorShow; readonly returnTo: string },
): Promise<FromServices<ConnectorPage>> {
  const cluster = await requireCluster(at.envId, at.clusterId, returnTo)
  const page = await readConnectorPage(cluster, at.connector, { show })
  return 'error' in page ? page : { ok: page.ok ?? notFound() }
}

const eventWords: Readonly<Record<string, string>> = {
  'The connector is paused.': 'Paused',
  'The connector is resumed.': 'Resumed',
  'The connector is restarted.': 'Restarted',
}

function eventIn({ atMs, taskId, message }: LogLine) {
  const word = eventWords[message]
  return word === undefined || taskId !== null ? [] : [{ atMs, word }]
}
