import { formatBytes, formatCount } from '../../lib/format/numbers.ts'

/** What a chart's values are measured in; it decides how they are written and where ticks lie. */
export type ChartUnit = 'bytesPerSecond' | 'bytes' | 'recordsPerSecond' | 'count'

/** `1311` bytes per second → `1.28 KB/s`; `1.907` records per second → `1.91`; `6243` → `6,243`. */
export function formatChartValue(value: number, unit: ChartUnit): string {
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'bytesPerSecond') return `${formatBytes(value)}/s`
  if (unit === 'count' || Number.isInteger(value)) return formatCount(Math.round(value))
  return value >= 100 ? formatCount(Math.round(value)) : value.toFixed(2)
}

/** The figure and its unit apart, for headlines: `1.28 KB/s` → `1.28`, `KB/s`. */
export function splitChartValue(value: number, unit: ChartUnit): { figure: string; unit: string } {
  const [figure = '', ...rest] = formatChartValue(value, unit).split(' ')
  return { figure, unit: rest.join(' ') }
}
