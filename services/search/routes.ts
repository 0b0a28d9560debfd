import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { parseSearchQuery } from '../../broker/rules/search-query.ts'
import { searchBody } from '../../broker/rules/services-control.ts'
import type { ClusterAddress } from '../../lib/kafka/cluster-address.ts'
import { asKafkaFailure } from '../../lib/kafka/failure.ts'
import { createNodes } from '../../lib/kafka/nodes.ts'
import { readSearchRange } from './begin.ts'
import { createLineStream } from './line-stream.ts'
import { runSearch } from './search.ts'

/** Each may hold some 100 MiB while it decompresses the largest of batches. */
const searchesMax = 4

/** `POST /` as `broker/rules/services-control.ts` describes it; the caller checked ownership. */
export function searchRoutes(addressOf: (clusterId: string) => ClusterAddress): Hono {
  const routes = new Hono()
  let running = 0
  routes.post('/', async (context) => {
    const body = searchBody.safeParse(await context.req.json().catch(() => null))
    if (!body.success) return refuse(context, 400, 'INVALID', z.prettifyError(body.error))
    const parsed = parseSearchQuery(body.data.query)
    if (!parsed.ok) return refuse(context, 400, 'INVALID_QUERY', parsed.message)
    if (running >= searchesMax) {
      const sentence = `${searchesMax} searches are running already: wait for one of them, or end it.`
      return refuse(context, 429, 'TOO_MANY_SEARCHES', sentence)
    }
    const { clusterId, topic, matchesMax, rows } = body.data
    const cluster = addressOf(clusterId)
    const nodes = createNodes(cluster)
    running++
    let isStreaming = false
    try {
      const range = await readSearchRange(nodes, body.data)
      const out = createLineStream()
      const search = { cluster, nodes, topic, query: parsed.query, ...range, matchesMax, rows }
      isStreaming = true
      void runSearch(search, out).finally(() => running--)
      return context.body(out.stream, 200, { 'content-type': 'application/x-ndjson' })
    } catch (error) {
      const failure = asKafkaFailure(error)
      if (failure === null) throw error
      return refuse(context, statusOf[failure.code] ?? 502, failure.code, failure.message)
    } finally {
      if (!isStreaming) {
        running--
        nodes.close()
      }
    }
  })
  return routes
}

const statusOf: Readonly<Record<string, ContentfulStatusCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 404,
  INVALID_TOPIC_EXCEPTION: 404,
  BROKER_UNREACHABLE: 503,
}

function refuse(context: Context, status: ContentfulStatusCode, code: string, message: string) {
  return context.json({ error: { code, message } }, status)
}
