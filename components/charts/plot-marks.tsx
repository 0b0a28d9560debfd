'use client'

// What recharts does not draw as we want it: grid and value axis with the newest value, hatched gaps,
// events. Each is a child of a chart and finds its place by the chart's scales.

import { Fragment, useId } from 'react'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import { type ChartUnit, formatChartValue } from './chart-unit.ts'
import { type ChartSeries, type Gap, newestOf } from './series.ts'

const tagHeight = 18

/** Hairlines at the ticks, zero stronger, and their values right of the plot. */
export function ValueGrid({
  ticks,
  series,
  unit,
}: {
  readonly ticks: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly unit: ChartUnit
}) {
  const area = usePlotArea()
  const scaleY = useYAxisScale()
  if (area === undefined || scaleY === undefined) return null
  const right = area.x + area.width
  const tags = tagsOf(series, scaleY)
  return (
    <g style={{ fontSize: 11 }}>
      {ticks.map((value) => {
        const y = Math.round(scaleY(value) ?? 0) + 0.5
        const isHidden = tags.some((tag) => Math.abs(tag.y - y) < tagHeight - 2)
        return (
          <Fragment key={value}>
            <line
              x1={area.x}
              x2={right}
              y1={y}
              y2={y}
              stroke={value === 0 ? 'var(--base)' : 'var(--grid)'}
            />
            {isHidden ? null : (
              <text x={right + 14} y={y} dy="0.36em" fill="var(--ink-3)">
                {formatChartValue(value, unit)}
              </text>
            )}
          </Fragment>
        )
      })}
    </g>
  )
}

interface Tag {
  readonly series: ChartSeries
  readonly value: number
  /** Where the point is, and where its tag is once tags keep clear of each other. */
  readonly pointY: number
  readonly y: number
}

function tagsOf(
  series: readonly ChartSeries[],
  scaleY: (value: number) => number | undefined,
): readonly Tag[] {
  const points = series
    .flatMap((one) => {
      const value = newestOf(one.values)
      const pointY = value === null ? undefined : scaleY(value)
      return value === null || pointY === undefined ? [] : [{ series: one, value, pointY }]
    })
    .sort((a, b) => b.pointY - a.pointY)
  const tags: Tag[] = []
  for (const point of points) {
    const above = (tags.at(-1)?.y ?? Number.POSITIVE_INFINITY) - tagHeight - 2
    tags.push({ ...point, y: Math.min(point.pointY, above) })
  }
  return tags
}

/** The newest points: a dot with a halo, joined to a tag on the axis; filled for one series. */
export function NewestTags({
  series,
  unit,
}: {
  readonly series: readonly ChartSeries[]
  readonly unit: ChartUnit
}) {
  const area = usePlotArea()
  const scaleY = useYAxisScale()
  if (area === undefined || scaleY === undefined) return null
  const right = area.x + area.width
  const isFilled = series.length === 1
  return (
    <g style={{ fontSize: 11, fontWeight: 580 }}>
      {tagsOf(series, scaleY).map((tag) => {
        const text = formatChartValue(tag.value, unit)
        const colour = `var(--${tag.series.colour})`
        const width = text.length * 6.2 + 12
        return (
          <g key={tag.series.name}>
            <circle cx={right} cy={tag.pointY} r={6} fill={colour} fillOpacity={0.2} />
            <circle cx={right} cy={tag.pointY} r={3} fill={colour} />
            <path d={`M${right} ${tag.pointY}L${right + 8} ${tag.y}`} stroke={colour} />
            <rect
              x={right + 8}
              y={tag.y - tagHeight / 2}
              width={width}
              height={tagHeight}
              rx={4}
              fill={isFilled ? colour : 'var(--sheet)'}
              stroke={colour}
            />
            <text
              x={right + 8 + width / 2}
              y={tag.y}
              dy="0.36em"
              textAnchor="middle"
              fill={isFilled ? 'var(--sheet)' : 'var(--ink)'}
            >
              {text}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** Hatched bands over the times that were not measured. */
export function GapBands({ gaps, word }: { readonly gaps: readonly Gap[]; readonly word: string }) {
  const hatchId = useId()
  const area = usePlotArea()
  const scaleX = useXAxisScale()
  if (area === undefined || scaleX === undefined || gaps.length === 0) return null
  return (
    <g>
      <pattern
        id={hatchId}
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1={0} y1={0} x2={0} y2={6} stroke="var(--line-2)" strokeWidth={1.2} />
      </pattern>
      {gaps.map(({ fromMs, toMs }) => {
        const left = scaleX(fromMs) ?? area.x
        const width = (scaleX(toMs) ?? left) - left
        return (
          <g key={fromMs}>
            <rect
              x={left}
              y={area.y}
              width={width}
              height={area.height}
              fill={`url(#${hatchId})`}
              fillOpacity={0.7}
            />
            {width < word.length * 6 ? null : (
              <text
                x={left + width / 2}
                y={area.y + 14}
                textAnchor="middle"
                fontSize={11}
                fill="var(--ink-3)"
                stroke="var(--sheet)"
                strokeWidth={3}
                paintOrder="stroke"
              >
                {word}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}

export interface ChartEvent {
  readonly atMs: number
  /** One or two words, e.g. `Paused`. */
  readonly word: string
}

/** What happened, as dotted verticals with a word at the top. */
export function EventLines({ events }: { readonly events: readonly ChartEvent[] }) {
  const area = usePlotArea()
  const scaleX = useXAxisScale()
  if (area === undefined || scaleX === undefined) return null
  return events.map(({ atMs, word }) => {
    const x = scaleX(atMs)
    if (x === undefined || x < area.x || x > area.x + area.width) return null
    return (
      <g key={`${atMs} ${word}`}>
        <line
          x1={x}
          x2={x}
          y1={area.y}
          y2={area.y + area.height}
          stroke="var(--ink-3)"
          strokeDasharray="1.5 3"
        />
        <text x={x - 5} y={area.y + 9} textAnchor="end" fontSize={11} fill="var(--ink-2)">
          {word}
        </text>
      </g>
    )
  })
}
