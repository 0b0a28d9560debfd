'use client'

import type { ClusterState } from '../../lib/format/cluster-states.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { LimitView } from '../../lib/queries/cluster-limits.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import { formatChartValue } from '../charts/chart-unit.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { noSeries, type Series } from '../live/live-figures.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { TimeRangeSelect, useTimeRange } from '../live/time-range-select.tsx'
import { useLiveCluster } from '../live/use-live-cluster.ts'
import { useTraffic } from '../live/use-traffic.ts'
import { Card } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { Note } from '../ui/note.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { ClusterCounts } from './cluster-counts.tsx'
import { ClusterStateBadge } from './cluster-state-badge.tsx'
import { ClusterStorage } from './cluster-storage.tsx'
import { OpenListenerBadge } from './open-listener-badge.tsx'
import { RefreshWhileChanging } from './refresh-while-changing.tsx'
import { typeName } from './type-name.ts'

export interface ClusterOverviewProps {
  readonly at: ClusterAt
  readonly cluster: {
    readonly id: string
    readonly type: string
    readonly state: ClusterState
    readonly createdMs: number
  }
  readonly place: { readonly provider: string; readonly region: string }
  readonly bootstrap: string
  readonly apiKeyCount: number
  readonly limits: readonly LimitView[]
  /** Where no key is needed; null where one always is. */
  readonly openListenerPort: number | null
  readonly initial: LiveUpdate | null
}

/** The dashboard of a cluster: what flows in and out, what is kept, and what there is. */
export function ClusterOverview(props: ClusterOverviewProps) {
  const { at, cluster, place, bootstrap, initial } = props
  const range = useTimeRange(initial?.cluster.series, 'week')
  const { figures, status } = useLiveCluster({ at, initial, minutes: 60, topics: 'all' })
  const figuresNow = figures.cluster
  const recent = figuresNow?.series ?? null
  const traffic = useTraffic({ at, minutes: range.minutes, recent })
  return (
    <>
      <PageHeader
        title="Cluster Overview"
        badge={
          <>
            <ClusterStateBadge state={cluster.state} isPill />
            {props.openListenerPort === null ? null : (
              <OpenListenerBadge at={at} port={props.openListenerPort} />
            )}
          </>
        }
        meta={
          <>
            <CopyText text={cluster.id} label="Copy cluster ID" />
            <span>{typeName(cluster.type)}</span>
            <span>
              {place.provider}, {place.region}
            </span>
            <CopyText text={bootstrap} label="Copy bootstrap server" />
          </>
        }
      >
        <LiveMark status={status} takenMs={figuresNow?.takenMs ?? null} />
        <TimeRangeSelect {...range} />
      </PageHeader>
      {status?.kind === 'reconnecting' ? (
        <Note kind="caution">{status.message} Trying again.</Note>
      ) : null}
      <StateNote state={cluster.state} />
      <h2 className="text-section tracking-[-0.008em]">Throughput</h2>
      <Throughput series={traffic} createdMs={cluster.createdMs} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
        <ClusterStorage at={at} figures={figures} />
        <ClusterCounts
          at={at}
          figures={figures}
          apiKeyCount={props.apiKeyCount}
          limits={props.limits}
        />
      </div>
    </>
  )
}

function Throughput({
  series,
  createdMs,
}: {
  readonly series: Series | null
  readonly createdMs: number
}) {
  const { fromMs, stepMs, productionBytesPerSecond, consumptionBytesPerSecond } = series ?? noSeries
  const shared = { unit: 'bytesPerSecond', fromMs, stepMs, syncId: 'throughput' } as const
  const gapWord = isYounger(series, createdMs) ? 'not created yet' : 'no data'
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      <Card className="p-4">
        <TimeSeries
          {...shared}
          gapWord={gapWord}
          title="Production (bytes/sec)"
          series={[{ name: 'Production', colour: 'd1', values: productionBytesPerSecond }]}
          aside={<Peak values={productionBytesPerSecond} />}
        />
      </Card>
      <Card className="p-4">
        <TimeSeries
          {...shared}
          gapWord={gapWord}
          title="Consumption (bytes/sec)"
          series={[{ name: 'Consumption', colour: 'd2', values: consumptionBytesPerSecond }]}
          aside={<Peak values={consumptionBytesPerSecond} />}
        />
      </Card>
    </div>
  )
}

/** Whether the only time without samples is that before the cluster was there. */
function isYounger(series: Series | null, createdMs: number): boolean {
  if (series === null || createdMs <= series.fromMs) return false
  const first = series.storedBytes.findIndex((bytes) => bytes !== null)
  return first >= 0 && series.storedBytes.slice(first).every((bytes) => bytes !== null)
}

function Peak({ values }: { readonly values: readonly (number | null)[] }) {
  const peak = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  return peak === 0 ? null : <span>Peak {formatChartValue(peak, 'bytesPerSecond')}</span>
}

function StateNote({ state }: { readonly state: ClusterState }) {
  if (state === 'running') return null
  return (
    <Note kind="caution">
      <RefreshWhileChanging />
      {state === 'provisioning'
        ? 'The broker has not confirmed this cluster yet. It is asked again every 2 seconds.'
        : 'This cluster is being deleted. What is left of it goes as soon as the broker answers.'}
    </Note>
  )
}
