import { Fetch } from '../protocol/messages/fetch.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import type { Api, RequestOf } from '../protocol/schema.ts'
import { brokerLimit } from '../rules/limits.ts'

/** How long an answer may take that nobody asked us to delay. Clients give up after 30 s as well. */
export const DEADLINE_MS = 30_000

/** How long the answer to this request may take, in ms, before its connection is given up. */
export function deadlineMsOf(api: Api, request: RequestOf<Api>): number {
  const parked = parkedApis.find((entry) => entry.api.key === api.key)
  return DEADLINE_MS + (parked === undefined ? 0 : Math.max(0, parked.parkedMs(request)))
}

interface ParkedApi<A extends Api = Api> {
  readonly api: A
  /** How long the request itself asks to wait at most. */
  parkedMs(request: RequestOf<A>): number
}

function parked<A extends Api>(api: A, parkedMs: ParkedApi<A>['parkedMs']): ParkedApi<A> {
  return { api, parkedMs }
}

const parkedApis: readonly ParkedApi[] = [
  // The handler itself answers REQUEST_TIMED_OUT then.
  parked(Produce, (request) => request.timeoutMs),
  parked(Fetch, (request) => request.maxWaitMs),
  parked(JoinGroup, (request) => Math.max(request.rebalanceTimeoutMs, request.sessionTimeoutMs)),
  // A follower waits for the leader, who has as long as the longest rebalance timeout.
  parked(SyncGroup, () => brokerLimit('sessionTimeoutMaxMs')),
]
