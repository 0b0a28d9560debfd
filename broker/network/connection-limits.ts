import { brokerLimit } from '../rules/limits.ts'

/** What one connection may take, in bytes, requests and ms. Those that a user meets are `rules/limits.ts`'s. */
export const connectionLimits = {
  frameBytesMax: brokerLimit('frameBytes'),
  frameBytesMaxBeforeSignIn: brokerLimit('frameBytesBeforeSignIn'),
  /** Many times what a sign-in sends, and what each connection may hold before it has signed in. */
  ownRequestBytesBeforeSignIn: 4096,
  signInMs: brokerLimit('signInMs'),
  /** Kafka's connections.max.idle.ms. */
  idleMs: 600_000,
  unwrittenBytesMax: brokerLimit('unwrittenAnswerBytes'),
  /** What Java's producer sends at most by default (max.request.size) is half of it. */
  ordinaryRequestBytesMax: 2_097_152,
  /** A request that others wait for may take its time as long as so much of it comes. */
  requestBytesPerSecondMin: 1_048_576,
  /** Requests waiting to be started above which nothing is read. */
  readAheadBytesMax: 262_144,
  /** Produce requests that may wait for their commit together. */
  producesInFlightMax: 1024,
  /** More than one transaction of the log holds (4 MiB), so that the next one fills meanwhile. */
  produceBytesInFlightMax: 8_388_608,
  /** How long what arrives after the last answer is read and thrown away. */
  lingerMs: 2000,
} as const
