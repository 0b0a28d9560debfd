'use client'

import { formatDateTime } from '../../lib/format/times.ts'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { type ChartUnit, formatChartValue } from './chart-unit.ts'
import { isNumber, lengthOf, type Measured, summaryOf } from './series.ts'
import { Swatch } from './swatch.tsx'

interface Props extends Measured {
  readonly label: string
  readonly unit: ChartUnit
}

/** Every value of a chart, newest first, in the place of the plot. */
export function SeriesTable({
  label,
  unit,
  fromMs,
  stepMs,
  series,
  height,
  gapWord,
}: Props & { readonly height: number; readonly gapWord: string }) {
  const indices = Array.from({ length: lengthOf(series) }, (_, index) => index).reverse()
  return (
    <section
      aria-label={`${label}, values`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-y-auto"
      style={{ height }}
    >
      <Table label={label}>
        <TableHead>
          <HeadCell>Time</HeadCell>
          {series.map(({ name }) => (
            <HeadCell key={name} className="text-right">
              {name}
            </HeadCell>
          ))}
        </TableHead>
        <tbody>
          {indices.map((index) => (
            <tr key={index} className="h-7 border-b border-line">
              <Cell>
                <code className="text-label">
                  {formatDateTime(fromMs + index * stepMs).replace(/\.\d+$/, '')}
                </code>
              </Cell>
              {series.map(({ name, values }) => {
                const value = values[index]
                return (
                  <Cell key={name} className="text-right">
                    {isNumber(value) ? (
                      formatChartValue(value, unit)
                    ) : (
                      <span className="text-ink-3">{gapWord}</span>
                    )}
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

/** Below a chart of several series: the last value of each, and within which bounds it lay. */
export function SummaryTable({ label, unit, series }: Props) {
  return (
    <Table label={`${label}, summary`}>
      <TableHead>
        <HeadCell>Name</HeadCell>
        {['Last', 'Minimum', 'Maximum', 'Median'].map((word) => (
          <HeadCell key={word} className="text-right">
            {word}
          </HeadCell>
        ))}
      </TableHead>
      <tbody>
        {series.map(({ name, colour, values }) => {
          const summary = summaryOf(values)
          const figures = [summary?.last, summary?.minimum, summary?.maximum, summary?.median]
          return (
            <Row key={name}>
              <Cell>
                <span className="flex items-center gap-2">
                  <Swatch colour={colour} />
                  {name}
                </span>
              </Cell>
              {figures.map((figure, index) => (
                <Cell key={index} className={index === 0 ? 'text-right font-[580]' : 'text-right'}>
                  {isNumber(figure) ? formatChartValue(figure, unit) : '–'}
                </Cell>
              ))}
            </Row>
          )
        })}
      </tbody>
    </Table>
  )
}
