import { z } from 'zod'

/** How far one connection to the Kafka ports got; it is part of the control interface (`control.ts`). */
export const connectionAttemptView = z.object({
  id: z.number(),
  openedMs: z.number(),
  /** Null while it is open. */
  closedMs: z.number().nullable(),
  /** How many ended alike, this one the last of them; 1 while it is open. */
  count: z.number(),
  /** The peer's IP address. */
  address: z.string(),
  nodeId: z.number(),
  /** Null where not a byte came. */
  isEncrypted: z.boolean().nullable(),
  /** Such as `TLSv1.3`, once the handshake is done. */
  tlsVersion: z.string().nullable(),
  /** The name that a TLS client dialled. */
  askedName: z.string().nullable(),
  mechanism: z.string().nullable(),
  /** The API key that it named, right or wrong; null among strangers. */
  key: z.string().nullable(),
  isSignedIn: z.boolean(),
  /** Null among strangers, whose names are nobody's to see. */
  clientId: z.string().nullable(),
  software: z.string().nullable(),
  lastRequest: z.object({ name: z.string(), atMs: z.number() }).nullable(),
  firstProduceMs: z.number().nullable(),
  firstFetchMs: z.number().nullable(),
  /** The last one; of an ended connection, why it ended. `connection-problems.ts` is their table. */
  problem: z
    .object({
      code: z.string(),
      sentence: z.string(),
      remedy: z.string().nullable(),
      atMs: z.number(),
    })
    .nullable(),
})
export type ConnectionAttemptView = z.infer<typeof connectionAttemptView>

export const connectionAttemptsView = z.object({
  takenMs: z.number(),
  /** Those that named a key of this cluster, newest first. */
  attempts: z.array(connectionAttemptView),
  /** Those that named nobody's key and came from the viewer's own machine, newest first. */
  strangers: z.array(connectionAttemptView),
})
export type ConnectionAttemptsView = z.infer<typeof connectionAttemptsView>
