'use client'

import Link from 'next/link'
import { formatBytes, formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { formatChartValue, splitChartValue } from '../charts/chart-unit.ts'
import type { LiveFigures, TopicFigures } from '../live/live-figures.ts'
import { Card } from '../ui/card.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'

/** So many topics have a line of their own; the rest is one. */
const topicsShown = 6

interface Share {
  readonly name: string
  readonly bytes: number
  /** Absent for the line of all others. */
  readonly topic?: TopicFigures
}

/** What the topics keep, and how much of it is whose. */
export function ClusterStorage({
  at,
  figures,
}: {
  readonly at: ClusterAt
  readonly figures: LiveFigures
}) {
  const stored = figures.cluster?.storedBytes ?? null
  const topics = figures.cluster?.topics ?? null
  const shares = sharesOf(figures.topicsByName)
  const total = shares.reduce((sum, { bytes }) => sum + bytes, 0)
  const headline = stored === null ? null : splitChartValue(stored, 'bytes')
  return (
    <Card label="Storage">
      <div className="flex flex-col gap-2.5 px-4 pt-3.5 pb-4">
        <div>
          <h2 className="text-label font-[540]">Storage</h2>
          <p className="text-headline font-[540] tracking-[-0.02em]">
            {headline?.figure ?? <span className="text-ink-3">–</span>}{' '}
            <span className="text-body font-[450] tracking-normal text-ink-2">
              {headline === null
                ? ''
                : `${headline.unit} retained in ${formatPlural(topics ?? 0, 'topic')}`}
            </span>
          </p>
        </div>
        <div aria-hidden="true" className="flex h-2.5 gap-0.5 overflow-hidden rounded-sm">
          {total === 0 ? <span className="flex-1 bg-stone-tint" /> : null}
          {shares.map(({ name, bytes }, index) =>
            bytes === 0 ? null : (
              <span key={name} style={{ flexGrow: bytes, background: colourOf(index) }} />
            ),
          )}
        </div>
      </div>
      {topics === null || (topics > 0 && shares.length === 0) ? null : shares.length === 0 ? (
        <p className="border-t border-line px-4 py-3 text-ink-2">
          No topics yet.{' '}
          <Link href={paths.createTopic(at)} className="rounded-sm text-river hover:underline">
            Create topic
          </Link>
        </p>
      ) : (
        <div className="px-4 pb-2 [&_tbody_tr]:h-8 [&_tbody_tr:last-child]:border-b-0">
          <ShareTable at={at} shares={shares} total={total} />
        </div>
      )}
    </Card>
  )
}

function ShareTable({
  at,
  shares,
  total,
}: {
  readonly at: ClusterAt
  readonly shares: readonly Share[]
  readonly total: number
}) {
  return (
    <Table label="Storage by topic">
      <TableHead>
        <HeadCell>Topic</HeadCell>
        <HeadCell className="text-right">Retained</HeadCell>
        <HeadCell className="text-right">Share</HeadCell>
        <HeadCell className="text-right">Production</HeadCell>
        <HeadCell className="text-right">Consumption</HeadCell>
      </TableHead>
      <tbody>
        {shares.map(({ name, bytes, topic }, index) => (
          <Row key={name}>
            <Cell className="max-w-[280px]">
              <span className="flex min-w-0 items-center gap-2">
                <span
                  aria-hidden="true"
                  className="size-2 shrink-0 rounded-[2px]"
                  style={{ background: colourOf(index) }}
                />
                {topic === undefined ? (
                  <span className="text-ink-2">{name}</span>
                ) : (
                  <Link
                    href={paths.topic({ ...at, topic: name })}
                    className="truncate rounded-sm font-[580] group-hover:text-river hover:underline"
                  >
                    {name}
                  </Link>
                )}
              </span>
            </Cell>
            <Cell className="text-right whitespace-nowrap">{formatBytes(bytes)}</Cell>
            <Cell className="text-right">{total === 0 ? '–' : percentOf(bytes, total)}</Cell>
            <Rate value={topic?.rates?.productionBytesPerSecond} />
            <Rate value={topic?.rates?.consumptionBytesPerSecond} />
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

function Rate({ value }: { readonly value: number | undefined }) {
  return (
    <Cell className={`text-right whitespace-nowrap ${value ? '' : 'text-ink-3'}`}>
      {value === undefined ? '–' : formatChartValue(value, 'bytesPerSecond')}
    </Cell>
  )
}

function sharesOf(topicsByName: LiveFigures['topicsByName']): readonly Share[] {
  const sorted = Object.entries(topicsByName)
    .map(([name, topic]): Share => ({ name, bytes: topic.storedBytes, topic }))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
  const others = sorted.slice(topicsShown)
  if (others.length <= 1) return sorted
  const bytes = others.reduce((sum, other) => sum + other.bytes, 0)
  return [...sorted.slice(0, topicsShown), { name: `${others.length} others`, bytes }]
}

/** Depth: the darkest for the largest. */
function colourOf(index: number): string {
  return `var(--s${Math.min(index + 1, 5)})`
}

function percentOf(bytes: number, total: number): string {
  const percent = (bytes / total) * 100
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`
}
