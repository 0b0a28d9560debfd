import { z } from 'zod'
import { resourceKinds } from './metrics.ts'

/**
 * Shapes of the services' control interface: HTTP and JSON on a loopback port, with the bearer token
 * of this start. `services/` serves it, `lib/control/services.ts` is its only caller.
 *
 *   GET  /v1/status                                  → ServicesStatus
 *   GET  /v1/metrics/clusters?ids=lkc-1,lkc-2        → { clusters: ClusterCard[] }, one per id, in order
 *   GET  /v1/metrics/clusters/:clusterId             → ClusterMetrics (?minutes=1…10080 &topics=a,b)
 *   GET  /v1/metrics/clusters/:clusterId/topics/:topic → TopicMetrics (?minutes=1…10080)
 *   GET  /v1/metrics/clusters/:clusterId/series      → MetricSeries (?metric= &resource=, repeated
 *                                                      &minutes= or &fromMs= &toMs=)
 *   GET  /v1/metrics/clusters/:clusterId/resources   → MetricResources (?kind= &search= &max=)
 *   GET  /v1/metrics/clusters/:clusterId/clients     → ClusterClients
 *   GET  /v1/metrics/clusters/:clusterId/connectors  → ClusterConnectors
 *   GET  /v1/metrics/clusters/:clusterId/lag         → ClusterLag
 *   GET  /v1/metrics/clusters/:clusterId/group-lag   → GroupLagSeries (?group= &minutes=)
 *   GET  /v1/metrics/clusters/:clusterId/export      → MetricsExport
 *   POST /v1/search                                  SearchBody → SearchEvent lines (NDJSON)
 *
 * Errors are `{ "error": { "code": string, "message": string } }` with a 4xx or 5xx status. Metrics
 * of what nobody has sampled yet are nulls, not errors.
 */
export const servicesStatus = z.object({
  /** Made anew at every start. */
  startId: z.string(),
  startedMs: z.number(),
  pid: z.number(),
})
export type ServicesStatus = z.infer<typeof servicesStatus>

/** Per second, over the last complete sample of 5 s; bytes are bytes of record batches as stored. */
export const trafficRates = z.object({
  productionBytesPerSecond: z.number(),
  consumptionBytesPerSecond: z.number(),
  recordsInPerSecond: z.number(),
})
export type TrafficRates = z.infer<typeof trafficRates>

const points = z.array(z.number().nullable())

/**
 * Points at equal distances, oldest first. Each tells of the `stepMs` before its time, and `fromMs`
 * is the time of the first. Null is a gap: nothing was measured then, which is not the same as
 * nothing having happened. Up to the last hour steps have 5 s, beyond it a minute or more.
 */
export const trafficSeries = z.object({
  fromMs: z.number(),
  stepMs: z.number(),
  productionBytesPerSecond: points,
  consumptionBytesPerSecond: points,
  recordsInPerSecond: points,
  storedBytes: points,
})
export type TrafficSeries = z.infer<typeof trafficSeries>

/** What is known of a cluster now; nulls before the first sample and while the broker is away. */
export const clusterCard = z.object({
  id: z.string(),
  /** Time of the newest sample. */
  takenMs: z.number().nullable(),
  rates: trafficRates.nullable(),
  storedBytes: z.number().nullable(),
  topics: z.number().nullable(),
  partitions: z.number().nullable(),
  /** Open connections of clients; the console's own do not count. */
  connections: z.number().nullable(),
  /** The last five minutes. */
  series: trafficSeries,
})
export type ClusterCard = z.infer<typeof clusterCard>

export const topicNow = z.object({
  /** Null until there are two samples of it, and while the broker is away. */
  rates: trafficRates.nullable(),
  storedBytes: z.number(),
  partitions: z.number(),
  /** Client ids that asked for its records in the last ten minutes; absent where there are none. */
  consumers: z.number().optional(),
  /**
   * Production and consumption over the last five minutes at 5 s; absent where nothing moved at all,
   * and in clusters of more than 200 topics unless `topics` names those that are looked at.
   */
  sparklines: z.object({ production: points, consumption: points }).optional(),
})
export type TopicNow = z.infer<typeof topicNow>

export const clusterMetrics = clusterCard.extend({
  /** By name; a topic made since the newest sample is not there yet. */
  topicsByName: z.record(z.string(), topicNow),
})
export type ClusterMetrics = z.infer<typeof clusterMetrics>

export const topicMetrics = z.object({
  name: z.string(),
  takenMs: z.number().nullable(),
  rates: trafficRates.nullable(),
  storedBytes: z.number().nullable(),
  series: trafficSeries,
})
export type TopicMetrics = z.infer<typeof topicMetrics>

export const metricSeries = z.object({
  metric: z.string(),
  /** As of `trafficSeries`. */
  fromMs: z.number(),
  stepMs: z.number(),
  /** One for each resource that was asked for, in that order; all nulls where it is unknown. */
  series: z.array(
    z.object({
      /** As asked: `topic:orders`. */
      resource: z.string(),
      /** What people call it. */
      name: z.string(),
      /** Of a counter per second; of a gauge the value at the end of the step. */
      points,
    }),
  ),
})
export type MetricSeries = z.infer<typeof metricSeries>

export const metricResources = z.object({
  /** How many there are, of which at most `max` are listed. */
  total: z.number(),
  resources: z.array(
    z.object({
      /** `topic:orders` */
      resource: z.string(),
      kind: z.enum(resourceKinds),
      id: z.string(),
      name: z.string(),
      /** False for what has data of the last week, but is not there now. */
      isPresent: z.boolean(),
    }),
  ),
})
export type MetricResources = z.infer<typeof metricResources>

/** By client id, of clients that are connected or moved something lately; no internal principals. */
export const clientNow = z.object({
  /** '' for clients that name none. */
  clientId: z.string(),
  /** All the clients that found no place of their own, `(other)`. */
  isOther: z.boolean(),
  connections: z.number(),
  rates: trafficRates.extend({ recordsOutPerSecond: z.number() }).nullable(),
  /** Topics that it produced to, or asked records of, in the last ten minutes. */
  topicsIn: z.array(z.string()),
  topicsOut: z.array(z.string()),
  /** Bytes per second of the last five minutes at 5 s. */
  sparklines: z.object({ production: points, consumption: points }),
})
export type ClientNow = z.infer<typeof clientNow>
export const clusterClients = z.object({
  takenMs: z.number().nullable(),
  clients: z.array(clientNow),
})
export type ClusterClients = z.infer<typeof clusterClients>

export const connectorNow = z.object({
  id: z.string(),
  name: z.string(),
  /** What it writes to Kafka. */
  rates: z.object({ bytesPerSecond: z.number(), recordsPerSecond: z.number() }).nullable(),
  /** Bytes per second of the last five minutes at 5 s. */
  sparkline: points,
})
export type ConnectorNow = z.infer<typeof connectorNow>
export const clusterConnectors = z.object({
  takenMs: z.number().nullable(),
  connectors: z.array(connectorNow),
})
export type ClusterConnectors = z.infer<typeof clusterConnectors>

/** How far every group of a cluster was behind in the last hour, by the minute. */
export const clusterLag = z.object({
  /** Of the newest sample; null before the first. */
  takenMs: z.number().nullable(),
  fromMs: z.number(),
  stepMs: z.number(),
  groups: z.array(z.object({ groupId: z.string(), points })),
})
export type ClusterLag = z.infer<typeof clusterLag>

/** How far one group was behind, as a whole and in the partitions that are furthest behind now. */
export const groupLagSeries = z.object({
  takenMs: z.number().nullable(),
  /** Steps as of `trafficSeries`: 15 s up to an hour, minutes beyond; each is as of its end. */
  fromMs: z.number(),
  stepMs: z.number(),
  total: points,
  partitions: z.array(z.object({ topic: z.string(), partition: z.number(), points })),
  /** Partitions that are not among them. */
  leftOut: z.number(),
  /** There are more groups and partitions in the installation than are kept. */
  isLimited: z.boolean(),
})
export type GroupLagSeries = z.infer<typeof groupLagSeries>

export const lagExport = z.object({
  takenMs: z.number().nullable(),
  lags: z.array(
    z.object({
      groupId: z.string(),
      topic: z.string(),
      partition: z.number(),
      clientId: z.string().nullable(),
      lag: z.number(),
    }),
  ),
})
export type LagExport = z.infer<typeof lagExport>

/** The newest whole minute of a cluster, for `/metrics`; empty where there is none of late. */
export const metricsExport = z.object({
  /** When the minute began. */
  minuteMs: z.number().nullable(),
  metrics: z.array(
    z.object({
      metric: z.string(),
      /** What a counter grew by in that minute, or a gauge at its end; `id` is empty for the cluster. */
      values: z.array(z.object({ id: z.string(), value: z.number() })),
    }),
  ),
  /** What consumer groups are behind, as of the newest sample of that. */
  consumerLag: lagExport,
})
export type MetricsExport = z.infer<typeof metricsExport>

/** The next offset of each partition, as `0:17,1:4`. */
const positions = z
  .string()
  .regex(/^\d{1,7}:\d{1,16}(,\d{1,7}:\d{1,16})*$/, 'Positions look like 0:17,1:4.')

export const searchBody = z.object({
  clusterId: z.string().min(1),
  topic: z.string().min(1),
  /** All of them where absent. */
  partitions: z.array(z.number().int().nonnegative()).min(1).optional(),
  from: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('beginning') }),
      /** Also how a search goes on: with the `positions` that it last told. Other partitions are left out. */
      z.object({ kind: z.literal('offsets'), positions }),
      z.object({ kind: z.literal('timestamp'), timestampMs: z.number().int().nonnegative() }),
    ])
    .default({ kind: 'beginning' }),
  /** The language of `search-query.ts`; empty matches every record. */
  query: z.string().max(2000).default(''),
  /** The search pauses after so many matches; null goes on to the end, as an export does. */
  matchesMax: z.number().int().min(1).max(100_000).nullable().default(500),
  /** `preview` cuts long keys, values and headers as lists do; `whole` is for exports. */
  rows: z.enum(['preview', 'whole']).default('preview'),
})
export type SearchBody = z.input<typeof searchBody>

const payload = z.object({
  form: z.enum(['text', 'hex']),
  text: z.string(),
  sizeBytes: z.number(),
  isWhole: z.boolean(),
})

/** As `MessageRow` of `lib/format/messages.ts`. */
export const foundRow = z.object({
  partition: z.number(),
  offset: z.number(),
  timestampMs: z.number(),
  timestampType: z.enum(['CreateTime', 'LogAppendTime']),
  key: payload.nullable(),
  value: payload.nullable(),
  headers: z.array(z.object({ name: z.string(), value: payload.nullable() })).readonly(),
})
export type FoundRow = z.infer<typeof foundRow>

export const searchProgress = z.object({
  /** Records looked at since this search began. */
  scanned: z.number(),
  /** Offsets between where it began and the end of that moment: what `scanned` runs up to at most. */
  total: z.number(),
  matched: z.number(),
  /** Records that could not be read. */
  undecodable: z.number(),
  elapsedMs: z.number(),
  /** Where to go on, behind everything that was scanned and every match that was told. */
  positions: z.string(),
})
export type SearchProgress = z.infer<typeof searchProgress>

/** One line of a search's answer. `done` or `problem` is the last. */
export const searchEvent = z.discriminatedUnion('type', [
  searchProgress.extend({ type: z.literal('progress') }),
  /** In offset order within a partition. */
  z.object({ type: z.literal('matches'), rows: z.array(foundRow) }),
  /** A batch that cannot be read; the search goes on behind it. */
  z.object({
    type: z.literal('undecodable'),
    partition: z.number(),
    fromOffset: z.number(),
    /** Exclusive. */
    toOffset: z.number(),
    reason: z.string(),
  }),
  /** `end`: everything was scanned; `limit`: `matchesMax` was reached, `positions` go on. */
  searchProgress.extend({ type: z.literal('done'), reason: z.enum(['end', 'limit']) }),
  /** It cannot go on by itself; the positions of the last progress do. */
  z.object({ type: z.literal('problem'), code: z.string(), message: z.string() }),
])
export type SearchEvent = z.infer<typeof searchEvent>
