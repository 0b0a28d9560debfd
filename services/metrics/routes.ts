import { type Context, Hono } from 'hono'
import { z } from 'zod'
import {
  findMetric,
  metricMinutesMax,
  parseResource,
  resourceKinds,
} from '../../broker/rules/metrics.ts'
import { clusterClientsOf, clusterConnectorsOf } from './client-views.ts'
import { metricsExportOf } from './export.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { clusterLagOf, groupLagOf } from './lag/lag-views.ts'
import { type MetricRange, metricSeriesOf } from './metric-series.ts'
import { metricResourcesOf } from './resources.ts'
import { clusterCardOf, clusterMetricsOf, topicMetricsOf } from './views.ts'

const cluster = '/clusters/:clusterId'

/** Metrics as `broker/rules/services-control.ts` shapes them. */
export function metricsRoutes(kept: KeptMetrics): Hono {
  const routes = new Hono()
  routes.get('/clusters', (context) =>
    answer(context, views, async ({ ids }) => ({
      clusters: await Promise.all(ids.map((id) => clusterCardOf(kept, id))),
    })),
  )
  routes.get(cluster, (context) =>
    answer(context, views, ({ minutes, topics }) =>
      clusterMetricsOf(kept, context.req.param('clusterId'), {
        minutes,
        ...(topics === undefined ? {} : { topics }),
      }),
    ),
  )
  routes.get(`${cluster}/topics/:topic`, (context) => {
    const { clusterId, topic } = context.req.param()
    return answer(context, views, ({ minutes }) => topicMetricsOf(kept, clusterId, topic, minutes))
  })
  routes.get(`${cluster}/series`, (context) =>
    answer(context, seriesAsked, (asked) =>
      metricSeriesOf(kept, context.req.param('clusterId'), asked),
    ),
  )
  routes.get(`${cluster}/resources`, (context) =>
    answer(context, resourcesAsked, async (asked) =>
      metricResourcesOf(kept, context.req.param('clusterId'), asked),
    ),
  )
  routes.get(`${cluster}/clients`, async (context) =>
    context.json(clusterClientsOf(kept, context.req.param('clusterId'))),
  )
  routes.get(`${cluster}/connectors`, async (context) =>
    context.json(clusterConnectorsOf(kept, context.req.param('clusterId'))),
  )
  routes.get(`${cluster}/lag`, async (context) =>
    context.json(clusterLagOf(kept.lags, context.req.param('clusterId'))),
  )
  routes.get(`${cluster}/group-lag`, (context) =>
    answer(context, groupLagAsked, ({ group, minutes }) =>
      groupLagOf(kept.lags, {
        ...{ clusterId: context.req.param('clusterId'), groupId: group, minutes },
      }),
    ),
  )
  routes.get(`${cluster}/export`, async (context) =>
    context.json(metricsExportOf(kept, context.req.param('clusterId'))),
  )
  return routes
}

// Every parameter comes as a list: it may be repeated.
const one = z.array(z.string()).transform((values) => values[0] ?? '')
const list = one.transform((text) => text.split(',').filter((name) => name !== ''))
const numeric = one.transform(Number)
const minutes = numeric.pipe(z.number().int().min(1).max(metricMinutesMax))
const moment = numeric.pipe(z.number().int().nonnegative())

const views = z.object({
  minutes: minutes.default(60),
  topics: list.optional(),
  ids: list.optional().transform((ids) => ids ?? []),
})

const groupLagAsked = z.object({ group: one, minutes: minutes.default(60) })

const resourcesMax = 50
const rangeMsMax = metricMinutesMax * 60_000

const seriesAsked = z
  .object({
    metric: one.transform((name, context) => {
      const found = findMetric(name)
      if (found !== undefined) return found.name
      context.addIssue(`There is no metric '${name}'.`)
      return z.NEVER
    }),
    resource: z
      .array(
        z.string().transform((text, context) => {
          const resource = parseResource(text)
          if (resource !== null) return resource
          context.addIssue(`'${text}' names no resource: say topic:orders, for example.`)
          return z.NEVER
        }),
      )
      .min(1)
      .max(resourcesMax),
    minutes: minutes.optional(),
    fromMs: moment.optional(),
    toMs: moment.optional(),
  })
  .transform(({ metric, resource, ...times }, context) => {
    const range = rangeOf(times)
    if (range !== null) return { metric, resources: resource, range }
    context.addIssue('Say minutes, or fromMs and a later toMs of at most a week.')
    return z.NEVER
  })

function rangeOf({
  minutes,
  fromMs,
  toMs,
}: {
  readonly minutes?: number | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}): MetricRange | null {
  if (fromMs === undefined || toMs === undefined) return { minutes: minutes ?? 60 }
  return toMs > fromMs && toMs - fromMs <= rangeMsMax ? { fromMs, toMs } : null
}

const resourcesAsked = z.object({
  kind: one.pipe(z.enum(resourceKinds)).optional(),
  search: one.optional().transform((text) => text ?? ''),
  max: numeric.pipe(z.number().int().min(1).max(10_000)).default(200),
})

async function answer<Shape extends z.ZodType>(
  context: Context,
  shape: Shape,
  view: (asked: z.output<Shape>) => Promise<object>,
): Promise<Response> {
  const asked = shape.safeParse(context.req.queries())
  if (asked.success) return context.json(await view(asked.data))
  const message = z.prettifyError(asked.error)
  return context.json({ error: { code: 'INVALID', message } }, 400)
}
