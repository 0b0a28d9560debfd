import { metricDescriptors } from '../../broker/rules/metrics.ts'
import type { MetricsExport } from '../../broker/rules/services-control.ts'
import { noChange } from './frames.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { lagExportOf } from './lag/lag-views.ts'
import { metricFields } from './metric-fields.ts'
import type { CollectedMinute, MinuteRow } from './minute-collector.ts'
import type { Series } from './series-registry.ts'

/** A minute older than this is not what somebody who asks now wants to know. */
const minutesOldMax = 3

/** The newest whole minute of a cluster; empty where nobody looked of late. */
export function metricsExportOf(kept: KeptMetrics, clusterId: string): MetricsExport {
  const newest = kept.newestMinute()
  const consumerLag = lagExportOf(kept.lags, clusterId)
  const nowMinute = Math.floor(kept.nowMs() / 60_000)
  if (newest === null || newest.minute < nowMinute - minutesOldMax || newest.measuredMs === 0) {
    return { minuteMs: null, metrics: [], consumerLag }
  }
  const endMs = (newest.minute + 1) * 60_000
  const series = [...kept.registry.ofCluster(clusterId)].filter(({ firstMs }) => firstMs < endMs)
  const rows = rowsOf(newest)
  return {
    minuteMs: newest.minute * 60_000,
    metrics: metricDescriptors.map(({ name, exported }) => ({
      metric: name,
      values: series
        .filter(({ kind }) => kind === exported)
        .map((one) => ({
          id: exported === 'topic' ? one.name : one.resourceId,
          value: valueIn(metricFields[name], one, rows.get(one)),
        })),
    })),
    consumerLag,
  }
}

function rowsOf({ rows }: CollectedMinute): ReadonlyMap<Series, MinuteRow> {
  return new Map(rows.map((row) => [row.series, row]))
}

/** Without a row nothing changed in the minute, and the gauges are those of the newest that has one. */
function valueIn(
  field: (typeof metricFields)[keyof typeof metricFields],
  series: Series,
  row: MinuteRow | undefined,
): number {
  if ('counter' in field) return (row?.change ?? noChange)[field.counter]
  return (row?.gauges ?? series.storedGauges)[field.gauge]
}
