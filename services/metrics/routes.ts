import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Samples } from './sampler.ts'
import { clusterCardOf, clusterMetricsOf, topicMetricsOf } from './views.ts'

const list = z.string().transform((text) => text.split(',').filter((name) => name !== ''))
const question = z.object({
  minutes: z.coerce.number().int().min(1).max(60).default(60),
  topics: list.optional(),
  ids: list.default([]),
})

/** Metrics as `broker/rules/services-control.ts` shapes them. */
export function metricsRoutes(samples: () => Samples): Hono {
  const routes = new Hono()
  routes.get('/clusters', (context) =>
    answer(context, ({ ids }) => ({ clusters: ids.map((id) => clusterCardOf(samples(), id)) })),
  )
  routes.get('/clusters/:clusterId', (context) =>
    answer(context, ({ minutes, topics }) =>
      clusterMetricsOf(samples(), context.req.param('clusterId'), {
        minutes,
        ...(topics === undefined ? {} : { topics }),
      }),
    ),
  )
  routes.get('/clusters/:clusterId/topics/:topic', (context) => {
    const { clusterId, topic } = context.req.param()
    return answer(context, ({ minutes }) => topicMetricsOf(samples(), clusterId, topic, minutes))
  })
  return routes
}

function answer(context: Context, view: (asked: z.output<typeof question>) => object): Response {
  const asked = question.safeParse(context.req.query())
  if (asked.success) return context.json(view(asked.data))
  const message = z.prettifyError(asked.error)
  return context.json({ error: { code: 'INVALID', message } }, 400)
}
