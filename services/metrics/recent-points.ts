// The last hour, at 5 s, from frames.

import { changeOf, type Frame, slotsPerMinute, stepMs } from './frames.ts'
import type { Point, PointSeries } from './points.ts'
import type { Samples } from './sampler.ts'
import type { Series } from './series-registry.ts'

/** The first and last slot of the last minutes, up to the newest attempt; null before the first. */
export function recentSlots(
  { newestSlot }: Samples,
  minutes: number,
): { readonly from: number; readonly to: number } | null {
  if (newestSlot === null) return null
  return { from: newestSlot - minutes * slotsPerMinute + 1, to: newestSlot }
}

/** The points of a series from slot to slot, both inclusive. A series that is not there has gaps only. */
export function recentPoints(
  samples: Samples,
  series: Series | undefined,
  slots: { readonly from: number; readonly to: number } | null,
): PointSeries {
  if (slots === null) return { fromMs: 0, stepMs, points: [] }
  const points: (Point | null)[] = []
  // Frames say by how much the retained bytes changed: from the newest value backwards.
  let retainedBytes = series?.gauges.retainedBytes ?? 0
  for (let slot = samples.newestSlot ?? slots.to; slot >= slots.from; slot--) {
    const frame = samples.frames.at(slot)
    const found = frame && series && pointIn(frame, series)
    if (slot <= slots.to) {
      points.push(found ? { ...found.point, gauges: gaugesOf(found.point, retainedBytes) } : null)
    }
    retainedBytes -= found?.retainedDeltaBytes ?? 0
  }
  return { fromMs: slots.from * stepMs, stepMs, points: points.reverse() }

  function gaugesOf({ gauges }: Point, bytes: number) {
    return series?.kind === 'cluster' ? gauges : { ...gauges, retainedBytes: bytes }
  }
}

/** What a frame says of a series; undefined from before it was there. */
export function pointIn(
  { slot, intervalMs, clusters }: Frame,
  { clusterId, kind, number, firstMs, gauges }: Series,
): { readonly point: Point; readonly retainedDeltaBytes: number } | undefined {
  const cluster = clusters.get(clusterId)
  if (cluster === undefined || slot * stepMs < firstMs) return undefined
  const change = kind === 'cluster' ? cluster.total : changeOf(cluster.changes, number)
  return {
    point: {
      change,
      measuredMs: intervalMs,
      gauges: kind === 'cluster' ? cluster.gauges : gauges,
    },
    retainedDeltaBytes: change.retainedDeltaBytes,
  }
}

/** The newest frame; undefined while the newest attempt failed. */
export function frameNow({ frames, newestSlot, isCurrent }: Samples): Frame | undefined {
  return isCurrent && newestSlot !== null ? frames.at(newestSlot) : undefined
}

/** What the newest frame says of a series; null where it cannot tell. */
export function pointNow(samples: Samples, series: Series | undefined): Point | null {
  const frame = frameNow(samples)
  return (frame && series && pointIn(frame, series)?.point) ?? null
}
