/**
 * Traffic by client id, for one tenant.
 *
 * Invariants
 * - A client chooses its id, so memory is bounded whatever ids are invented: `clientsMax` entries with
 *   `topicsMax` topics each, names of `clientIdLengthMax` characters. What finds no place counts as
 *   `(other)`.
 * - Counters of an entry never fall. An entry leaves only after a time without traffic that is far
 *   longer than the distance of two readings, so that a reader sees it absent before it begins anew.
 */
import { createTrafficCounters, type TrafficCounters } from './counters.ts'

/** Client ids that are told apart; a cluster with more of them at once is rare. */
export const clientsMax = 200
/** Where the clients beyond count. */
export const otherClients = '(other)'
/** How long a client without traffic keeps its entry, and a topic is one that it used recently. */
export const recentMs = 600_000
const topicsMax = 50
/** Kafka's own names of clients are shorter; the protocol allows 32 KiB. */
const clientIdLengthMax = 200

/** Read by whoever tells of it; only this file writes. */
export interface ClientTraffic {
  readonly counters: Readonly<TrafficCounters>
  /** When it last produced to each topic, and last asked for records of it, by topic id. */
  readonly producedMs: ReadonlyMap<string, number>
  readonly fetchedMs: ReadonlyMap<string, number>
}

export interface Transfer {
  readonly topicId: string
  readonly bytes: number
  readonly records: number
}

export interface ClientCounters {
  produced(clientId: string | null, transfer: Transfer, nowMs: number): void
  /** Also where nothing was found: whoever waits for records of a topic consumes it. */
  fetched(clientId: string | null, transfer: Transfer, nowMs: number): void
  readonly byClientId: ReadonlyMap<string, ClientTraffic>
}

/**
 * What a client is called in counters; a client that gives no id is called ''. NUL ends texts in what
 * keeps and shows these names.
 */
export function clientKey(clientId: string | null): string {
  if (clientId === null) return ''
  const whole = clientId.includes('\0') ? clientId.replaceAll('\0', '\uFFFD') : clientId
  if (whole.length <= clientIdLengthMax) return whole
  // A copy: a slice would keep the whole text in memory.
  return `${Buffer.from(whole.slice(0, clientIdLengthMax - 1))}…`
}

export function createClientCounters(): ClientCounters {
  const clients = new Map<string, Entry>()
  /** Before this moment no entry can have been without traffic for long enough. */
  let nobodyLeavesBeforeMs = 0

  function entryOf(clientId: string | null, nowMs: number): Entry {
    const key = clientKey(clientId)
    const known = clients.get(key)
    if (known !== undefined) return known
    const isFull = clients.size - (clients.has(otherClients) ? 1 : 0) >= clientsMax
    return isFull && !removeIdle(nowMs)
      ? (clients.get(otherClients) ?? add(otherClients))
      : add(key)
  }

  function add(key: string): Entry {
    const entry = {
      counters: createTrafficCounters(),
      producedMs: new Map<string, number>(),
      fetchedMs: new Map<string, number>(),
      lastMs: 0,
    }
    clients.set(key, entry)
    return entry
  }

  /** Removes the entry that is longest without traffic; false where all of them are in use. */
  function removeIdle(nowMs: number): boolean {
    if (nowMs < nobodyLeavesBeforeMs) return false
    let idle: { readonly key: string; readonly lastMs: number } | undefined
    for (const [key, { lastMs }] of clients) {
      if (key !== otherClients && lastMs < (idle?.lastMs ?? Number.POSITIVE_INFINITY)) {
        idle = { key, lastMs }
      }
    }
    if (idle === undefined || nowMs - idle.lastMs < recentMs) {
      nobodyLeavesBeforeMs = (idle?.lastMs ?? nowMs) + recentMs
      return false
    }
    return clients.delete(idle.key)
  }

  return {
    produced(clientId, { topicId, bytes, records }, nowMs) {
      const entry = entryOf(clientId, nowMs)
      entry.counters.bytesIn += bytes
      entry.counters.recordsIn += records
      entry.lastMs = nowMs
      note(entry.producedMs, topicId, nowMs)
    },
    fetched(clientId, { topicId, bytes, records }, nowMs) {
      const entry = entryOf(clientId, nowMs)
      entry.counters.bytesOut += bytes
      entry.counters.recordsOut += records
      entry.lastMs = nowMs
      note(entry.fetchedMs, topicId, nowMs)
    },
    byClientId: clients,
  }
}

interface Entry {
  readonly counters: TrafficCounters
  readonly producedMs: Map<string, number>
  readonly fetchedMs: Map<string, number>
  lastMs: number
}

/** Remembers the use of a topic; a full map lets go of one that is no longer recent, or ignores it. */
function note(topics: Map<string, number>, topicId: string, nowMs: number): void {
  if (topics.size >= topicsMax && !topics.has(topicId)) {
    const old = [...topics].find(([, lastMs]) => nowMs - lastMs >= recentMs)
    if (old === undefined) return
    topics.delete(old[0])
  }
  topics.set(topicId, nowMs)
}
