import { expect, vi } from 'vitest'
import type { z } from 'zod'
import type { MetricName } from '../../broker/rules/metrics.ts'
import {
  clusterClients,
  clusterConnectors,
  metricSeries,
} from '../../broker/rules/services-control.ts'
import type { Product } from '../support/product.ts'

/** A moment at which everything was looked at. */
export interface Sample {
  readonly takenMs: number
}

/** What the services tell of one cluster with a connector. */
export interface MetricsOfCluster {
  connectors(): Promise<z.infer<typeof clusterConnectors>>
  clients(): Promise<z.infer<typeof clusterClients>>
  /** The first sample with a rate of the connector that is taken after this moment. */
  sampleAfter(afterMs: number): Promise<Sample>
  /** What each resource moved between two samples, of which none is missing. */
  sums(
    metric: MetricName,
    resources: readonly string[],
    between: { readonly from: Sample; readonly to: Sample },
  ): Promise<number[]>
  /** What each resource moved in the last hour, up to this moment. */
  sumsUntil(metric: MetricName, resources: readonly string[], untilMs: number): Promise<number[]>
}

/** For what never comes: a start, two samples, and as much again as anybody here looks at. */
const sampledMsMax = 120_000

export function metricsOfCluster(product: () => Product, clusterId: string): MetricsOfCluster {
  async function view<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
  ): Promise<z.infer<Shape>> {
    const { url, token } = product().servicesControl
    const answer = await fetch(`${url}/v1/metrics/clusters/${clusterId}/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return shape.parse(await answer.json())
  }

  /** The steps of the last hour, of each resource. */
  async function stepsOf(metric: MetricName, resources: readonly string[]) {
    const query = new URLSearchParams([
      ['metric', metric],
      ['minutes', '60'],
      ...resources.map((resource) => ['resource', resource]),
    ])
    const { fromMs, stepMs, series } = await view(`series?${query}`, metricSeries)
    return series.map(({ points }) =>
      points.map((rate, index): Step => ({ endMs: fromMs + index * stepMs, stepMs, rate })),
    )
  }

  const connectors = () => view('connectors', clusterConnectors)
  return {
    connectors,
    clients: () => view('clients', clusterClients),
    sampleAfter: (afterMs) =>
      vi.waitFor(
        async () => {
          const { takenMs, connectors: all } = await connectors()
          const isRunning = (all[0]?.rates?.recordsPerSecond ?? 0) > 0
          if (takenMs === null || takenMs <= afterMs || !isRunning) throw new Error('Not yet.')
          return { takenMs }
        },
        { timeout: sampledMsMax, interval: 250 },
      ),
    async sums(metric, resources, { from, to }) {
      const steps = await stepsOf(metric, resources)
      return steps.map((own) => {
        const between = own.filter(
          ({ endMs, stepMs }) =>
            endMs > slotOf(from.takenMs, stepMs) && endMs <= slotOf(to.takenMs, stepMs),
        )
        expect(between.filter(({ rate }) => rate === null)).toEqual([])
        return total(between)
      })
    },
    async sumsUntil(metric, resources, untilMs) {
      const steps = await stepsOf(metric, resources)
      return steps.map((own) =>
        total(own.filter(({ endMs, stepMs }) => endMs <= slotOf(untilMs, stepMs))),
      )
    },
  }
}

interface Step {
  readonly endMs: number
  readonly stepMs: number
  readonly rate: number | null
}

/** Samples are taken on multiples of the step, or shortly after. */
function slotOf(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs
}

function total(steps: readonly Step[]): number {
  return steps.reduce((sum, { rate, stepMs }) => sum + ((rate ?? 0) * stepMs) / 1000, 0)
}
