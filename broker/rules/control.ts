import { z } from 'zod'
import { openListenerDefaults } from './open-listener.ts'
import { securityProtocols } from './security-protocols.ts'

/**
 * Shapes of the broker's control interface: HTTP and JSON on a loopback port, with the bearer token
 * of this start. It carries only what Kafka has no call for. `broker/control` serves it,
 * `lib/control` is its only caller.
 *
 *   GET    /v1/status                         → StatusView
 *   DELETE /v1/status/event-loop-delay        → 204; it is measured anew from here
 *   GET    /v1/tenants                        → { tenants: TenantView[] }
 *   PUT    /v1/tenants/:tenantId              TenantBody → TenantView      (idempotent)
 *   DELETE /v1/tenants/:tenantId              → 204                        (idempotent)
 *   GET    /v1/tenants/:tenantId/keys         → { keys: KeyView[] }
 *   PUT    /v1/tenants/:tenantId/keys/:key    KeyBody → KeyView, or 409 where the key is another's or has another secret
 *   DELETE /v1/tenants/:tenantId/keys/:key    → 204; its connections end within 2 s
 *   GET    /v1/tenants/:tenantId/open-listener  → OpenListenerView
 *   PUT    /v1/tenants/:tenantId/open-listener  OpenListenerBody → OpenListenerView, or 409 where the port is taken; turns it on
 *   DELETE /v1/tenants/:tenantId/open-listener  → 204; turns it off, and its connections end within 2 s; its port is kept
 *   GET    /v1/tenants/:tenantId/connection-attempts?key=…&viewer=<IP address>
 *                                             → ConnectionAttemptsView (connection-attempts.ts)
 *   GET    /v1/counters                       → CountersView
 *   GET    /v1/connections                    → { connections: ConnectionView[] }
 *
 * Errors are `{ "error": { "code": string, "message": string } }` with a 4xx or 5xx status.
 */
export const tenantType = z.enum(['BASIC', 'STANDARD'])
export const tenantBody = z.object({
  type: tenantType.default('BASIC'),
  limits: z.record(z.string(), z.number().int().nonnegative()).default({}),
})
export type TenantBody = z.input<typeof tenantBody>

export const tenantView = z.object({
  id: z.string(),
  type: tenantType,
  limits: z.record(z.string(), z.number()),
  createdMs: z.number(),
})
export type TenantView = z.infer<typeof tenantView>

export const keyBody = z.object({ secret: z.string().min(8) })
export type KeyBody = z.infer<typeof keyBody>

export const keyView = z.object({ key: z.string(), tenantId: z.string(), createdMs: z.number() })
export type KeyView = z.infer<typeof keyView>

export const openListenerBody = z.object({
  /** Absent: the one that it had, or a free one; 0: a free one. */
  port: z.number().optional(),
  createTopics: z.boolean().default(openListenerDefaults.createTopics),
  partitions: z.number().default(openListenerDefaults.partitions),
})
export type OpenListenerBody = z.input<typeof openListenerBody>

export const openListenerView = z.object({
  isOn: z.boolean(),
  /** 0 where none was ever needed. */
  port: z.number(),
  createTopics: z.boolean(),
  partitions: z.number(),
  /** Why it is on, and yet nobody can connect: its port is another program's. Null where all is well. */
  problem: z.string().nullable(),
})
export type OpenListenerView = z.infer<typeof openListenerView>

export const statusView = z.object({
  /** Made anew at every start; counters are cumulative within one. */
  startId: z.string(),
  startedMs: z.number(),
  ports: z.array(z.number()),
  tenants: z.number(),
  partitions: z.number(),
  connections: z.number(),
  /** How late the event loop was, since the start or the last DELETE. */
  eventLoopDelay: z.object({ p50Ms: z.number(), p99Ms: z.number(), maxMs: z.number() }),
  /** What is held at the moment of what `rules/limits.ts` bounds for all connections together. */
  memory: z.object({
    requestBytes: z.number(),
    answerBytes: z.number(),
    pendingAppendBytes: z.number(),
    cachedChunkBytes: z.number(),
  }),
})
export type StatusView = z.infer<typeof statusView>

/** Cumulative since the broker's start. Bytes are bytes of record batches as stored. */
const traffic = {
  bytesIn: z.number(),
  bytesOut: z.number(),
  recordsIn: z.number(),
  recordsOut: z.number(),
}
export const topicCounters = z.object({
  /** A topic that was deleted and created again has another id, and counters from 0. */
  id: z.string(),
  partitions: z.number(),
  ...traffic,
  storedBytes: z.number(),
})
/**
 * A client id: what produced or fetched under it, and its open connections. Counters that are lower
 * than before are those of a client that was forgotten meanwhile and came again.
 */
export const clientCounters = z.object({
  /** '' for clients that name none. */
  clientId: z.string(),
  /** All the clients that found no place of their own, `(other)`. */
  isOther: z.boolean(),
  ...traffic,
  connections: z.number(),
  /** Names of topics that it produced to, or asked records of, in the last ten minutes. */
  topicsIn: z.array(z.string()),
  topicsOut: z.array(z.string()),
})
export type ClientCountersView = z.infer<typeof clientCounters>
export const countersView = z.object({
  startId: z.string(),
  takenMs: z.number(),
  tenants: z.record(
    z.string(),
    z.object({
      topics: z.record(z.string(), topicCounters),
      connections: z.number(),
      /** At most 200, and one of all the others. */
      clients: z.array(clientCounters),
    }),
  ),
})
export type CountersView = z.infer<typeof countersView>

export const connectionView = z.object({
  id: z.number(),
  tenantId: z.string(),
  principal: z.string(),
  clientId: z.string().nullable(),
  software: z.string().nullable(),
  address: z.string(),
  /** `PLAINTEXT` on the port without a key. */
  protocol: z.enum([...securityProtocols, 'PLAINTEXT']),
  openedMs: z.number(),
})
export type ConnectionView = z.infer<typeof connectionView>
