'use client'

import { SquarePen } from 'lucide-react'
import { formatPlural } from '../../lib/format/numbers.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { noSeries, type Series } from '../live/live-figures.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { TimeRangeSelect, useTimeRange } from '../live/time-range-select.tsx'
import { useLiveCluster } from '../live/use-live-cluster.ts'
import { useTraffic } from '../live/use-traffic.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Note } from '../ui/note.tsx'
import { TopicActions } from './topic-actions.tsx'
import { type TopicFacts, TopicHeader } from './topic-header.tsx'

export interface TopicOverviewProps {
  readonly at: TopicAt
  readonly facts: TopicFacts
  /** Offsets between start and end, summed over partitions, when the page was read. */
  readonly messageCount: number | null
  /** Whether anything was ever written. */
  readonly isUntouched: boolean
  readonly live: LiveUpdate | null
}

/** How much flows into the topic and out of it, and how much it keeps. */
export function TopicOverview({ at, facts, messageCount, isUntouched, live }: TopicOverviewProps) {
  const { figures, status } = useLiveCluster({ at, initial: live, minutes: 60, topic: at.topic })
  const range = useTimeRange(live?.topic?.series, 'week')
  const { topic } = figures
  const recent = topic?.series ?? null
  const traffic = useTraffic({ at, topic: at.topic, minutes: range.minutes, recent })
  const isQuiet = isUntouched && (topic?.storedBytes ?? 0) === 0
  return (
    <>
      <TopicHeader at={at} facts={facts} tab="overview">
        <LiveMark status={status} takenMs={topic?.takenMs ?? null} />
        <TimeRangeSelect {...range} />
        <TopicActions at={at} partitionCount={facts.partitionCount} />
        <ButtonLink
          href={paths.topicMessages(at, { produce: '1' })}
          tone="primary"
          icon={<SquarePen aria-hidden="true" />}
        >
          Produce new message
        </ButtonLink>
      </TopicHeader>
      {isQuiet ? (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line bg-sunken px-4 py-3.5">
          <div className="min-w-0">
            <h2 className="font-[620]">Connect to your topic</h2>
            <p className="text-ink-2">
              Nothing has been written to it yet. Let a connector fill it with sample data, or
              configure a program that writes to it.
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={paths.connectorPlugins(at)}>Add a connector</ButtonLink>
            <ButtonLink href={paths.buildClient(at, { topic: at.topic })}>
              Configure a client
            </ButtonLink>
          </div>
        </div>
      ) : null}
      {topic === null ? (
        <Note>There are no measurements of this topic yet. The first comes within 10 seconds.</Note>
      ) : (
        <Charts series={traffic ?? noSeries} messageCount={messageCount} />
      )}
    </>
  )
}

function Charts({
  series,
  messageCount,
}: {
  readonly series: Series
  readonly messageCount: number | null
}) {
  const shared = {
    fromMs: series.fromMs,
    stepMs: series.stepMs,
    syncId: 'topic',
    gapWord: 'not measured',
  }
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      <Card className="p-4">
        <TimeSeries
          {...shared}
          title="Production (bytes/sec)"
          unit="bytesPerSecond"
          series={[{ name: 'Production', colour: 'd1', values: series.productionBytesPerSecond }]}
        />
      </Card>
      <Card className="p-4">
        <TimeSeries
          {...shared}
          title="Consumption (bytes/sec)"
          unit="bytesPerSecond"
          series={[{ name: 'Consumption', colour: 'd2', values: series.consumptionBytesPerSecond }]}
        />
      </Card>
      <Card className="p-4">
        <TimeSeries
          {...shared}
          title="Storage (bytes)"
          unit="bytes"
          series={[{ name: 'Storage', colour: 's2', values: series.storedBytes }]}
        />
      </Card>
      <Card className="p-4">
        <TimeSeries
          {...shared}
          title="Messages in (per second)"
          unit="recordsPerSecond"
          aside={
            messageCount === null ? null : (
              <span>{formatPlural(messageCount, 'message')} when opened</span>
            )
          }
          series={[{ name: 'Messages in', colour: 'd3', values: series.recordsInPerSecond }]}
        />
      </Card>
    </div>
  )
}
