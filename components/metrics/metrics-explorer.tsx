'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { writeResourceList } from '../../lib/format/resource-list.ts'
import { paths } from '../../lib/paths.ts'
import type { MetricChoice, MetricView } from '../../lib/queries/metrics-explorer.ts'
import type { Place } from '../../lib/queries/places.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useFollowed } from '../live/use-followed.ts'
import { Card } from '../ui/card.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Note } from '../ui/note.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SelectField } from '../ui/select.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { type Explored, exploredHref, exploredIn, kindWords, readExplored } from './explored.ts'
import { IntegrationCards } from './integration-cards.tsx'
import { curlCommand } from './integrations.ts'
import { MetricChart } from './metric-chart.tsx'
import { ResourcePicker } from './resource-picker.tsx'

export interface MetricsExplorerProps {
  readonly places: readonly Place[]
  /** The cluster that is looked at. */
  readonly at: { readonly envId: string; readonly clusterId: string; readonly name: string }
  /** Its newest API key. */
  readonly apiKey: string | null
  readonly consoleUrl: string
  readonly metrics: readonly MetricChoice[]
  readonly ranges: readonly { readonly minutes: number; readonly label: string }[]
  /** What the server read for this address. */
  readonly initial: MetricView | null
}

/** Any metric of any cluster over time; what is chosen stands in the address. */
export function MetricsExplorer(props: MetricsExplorerProps) {
  const { at, metrics, ranges } = props
  const [address, setAddress] = useAddressState(readExplored, exploredHref)
  const explored = exploredIn(address, metrics, ranges)
  const { view, status } = useMetric(at, explored, props.initial)
  const input = { consoleUrl: props.consoleUrl, clusterId: at.clusterId, key: props.apiKey }
  const change = (part: Partial<typeof address>) =>
    setAddress({ ...address, cluster: at.clusterId, ...part })
  return (
    <>
      <PageHeader title="Metrics">
        <LiveMark status={status} takenMs={view?.takenMs ?? null} />
      </PageHeader>
      <IntegrationCards
        at={at}
        input={input}
        shown={address.show}
        onShow={(show) => change({ show })}
      />
      {status?.kind === 'reconnecting' ? (
        <Note kind="caution">{status.message} Trying again.</Note>
      ) : null}
      <h2 className="pt-1 text-section tracking-[-0.008em]">Explore available metrics</h2>
      <Card label="Explore available metrics">
        <Choices {...props} explored={explored} onChange={change} curl={curlCommand(input)} />
        <div className="p-4">
          <MetricChart explored={explored} view={view} />
        </div>
      </Card>
      <p className="text-label text-ink-3">
        A hatched band means that nothing was measured: Tributary was stopped, or what the line is
        of was not there. A line at zero was measured.
      </p>
    </>
  )
}

/** Asked anew every 5 s; null until there is an answer to this question. */
function useMetric(
  at: MetricsExplorerProps['at'],
  { metric, by, resources, minutes }: Explored,
  initial: MetricView | null,
) {
  const url = paths.metricSeries(at, {
    ...{ metric: metric.name, by, minutes },
    resources: writeResourceList(resources),
  })
  const [answered, setAnswered] = useState({ url, view: initial })
  const status = useFollowed({
    streamUrl: null,
    pollUrl: url,
    onUpdate: (text) => setAnswered({ url, view: JSON.parse(text) }),
    goneMessage: 'This cluster no longer exists.',
  })
  return { view: answered.url === url ? answered.view : null, status }
}

function Choices({
  places,
  at,
  metrics,
  ranges,
  explored,
  onChange,
  curl,
}: MetricsExplorerProps & {
  readonly explored: Explored
  readonly onChange: (part: {
    metric?: string
    by?: string
    resources?: readonly string[]
    minutes?: number
  }) => void
  readonly curl: string
}) {
  const { metric, by, resources, minutes } = explored
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-3 border-b border-line p-4 [&>*]:min-w-0">
      <div className="w-[206px]">
        <SelectField
          label="Metric"
          options={metrics.map(({ name, label }) => ({ value: name, label }))}
          value={metric.name}
          onChange={(name) => onChange({ metric: name, resources: [] })}
        />
      </div>
      <div className="w-[236px]">
        <ClusterSelect places={places} at={at} />
      </div>
      <div className="w-[124px]">
        <SelectField
          label="Group by"
          options={metric.kinds.map((kind) => ({ value: kind, label: kindWords[kind].by }))}
          value={by}
          onChange={(kind) => onChange({ by: kind, resources: [] })}
        />
      </div>
      {by === 'cluster' ? null : (
        <ResourcePicker
          key={by}
          at={at}
          kind={by}
          chosen={resources}
          onChoose={(chosen) => onChange({ by, resources: chosen })}
        />
      )}
      <div className="w-[146px]">
        <SelectField
          label="Range"
          options={ranges.map((range) => ({ value: String(range.minutes), label: range.label }))}
          value={String(minutes)}
          onChange={(value) => onChange({ minutes: Number(value) })}
        />
      </div>
      <span className="ml-auto flex items-center">
        <CopyButton text={curl} label="Copy cURL template" words="Copy cURL template" />
      </span>
    </div>
  )
}

/** Another cluster has other keys and topics: that is another page of the server's. */
function ClusterSelect({
  places,
  at,
}: {
  readonly places: readonly Place[]
  readonly at: MetricsExplorerProps['at']
}) {
  const router = useRouter()
  const hasSeveral = places.length > 1
  return (
    <SelectField
      label="Resource"
      options={places.flatMap(({ name: environment, clusters }) =>
        clusters.map(({ clusterId, name }) => ({
          value: clusterId,
          label: hasSeveral ? `${environment} / ${name}` : name,
        })),
      )}
      value={at.clusterId}
      onChange={(cluster) => {
        const here = readExplored(new URLSearchParams(location.search))
        router.push(exploredHref({ ...here, cluster, resources: [] }))
      }}
    />
  )
}
