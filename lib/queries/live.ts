import 'server-only'
import type { ClusterCard, TopicMetrics, TopicNow } from '../../broker/rules/services-control.ts'
import type { ActionError } from '../actions/result.ts'
import type { SignedIn } from '../auth/session.ts'
import type { ControlAnswer } from '../control/call.ts'
import { consoleDb } from '../db.ts'
import { failed } from '../errors.ts'
import { type ClusterState, clusterStateOf } from '../format/cluster-states.ts'
import { liveMinutesMax } from '../format/time-ranges.ts'
import { servicesControl } from '../services-control.ts'
import { type ClusterFlows, flowsOf } from './cluster-flows.ts'
import { type OwnCluster, ownedBy } from './ownership.ts'

/**
 * Live figures of clusters, from the samples of `services/metrics`: bytes of record batches as
 * stored, per second over the last complete sample of 5 s. Null is a gap, which is not zero.
 */
export interface LiveAsked {
  /** How far back the series go: up to 60 at 5 s, up to a week in larger steps. */
  readonly minutes: number
  /** Which topics' figures come along. */
  readonly topics: 'all' | readonly string[]
  /** A topic whose own series come along. */
  readonly topic: string | null
}

export interface LiveUpdate {
  readonly cluster: ClusterCard
  /** Absent where no topics were asked for. */
  readonly topics?: {
    /** False: only what changed since the update before; what is `gone` has been deleted. */
    readonly isWhole: boolean
    readonly byName: Readonly<Record<string, TopicNow>>
    readonly gone: readonly string[]
  }
  /** Absent where none was asked for. */
  readonly topic?: TopicMetrics
}

/** A cluster on the cards of an environment, and of Home. */
export interface LiveCard {
  readonly id: string
  readonly state: ClusterState
  readonly figures: ClusterCard
  /** Null where nothing flows, or nobody knows. */
  readonly flows: ClusterFlows | null
}

export type FromServices<Value> = { readonly ok: Value } | { readonly error: ActionError }

/** What is known now of a cluster that is the caller's. */
export async function readLive(
  cluster: OwnCluster,
  { minutes, topics, topic }: LiveAsked,
): Promise<FromServices<LiveUpdate>> {
  const services = servicesControl()
  const [metrics, ofTopic] = await Promise.all([
    services.clusterMetrics(cluster.id, { minutes, ...(topics === 'all' ? {} : { topics }) }),
    topic === null ? null : services.topicMetrics(cluster.id, topic, { minutes }),
  ])
  if (!metrics.ok) return refused(metrics)
  if (ofTopic !== null && !ofTopic.ok) return refused(ofTopic)
  const { topicsByName, ...card } = metrics.value
  const asksTopics = topics === 'all' || topics.length > 0
  return {
    ok: {
      cluster: card,
      ...(asksTopics ? { topics: { isWhole: true, byName: topicsByName, gone: [] } } : {}),
      ...(ofTopic === null ? {} : { topic: ofTopic.value }),
    },
  }
}

/** What is known now of all clusters that are the caller's. */
export async function readLiveCards(session: SignedIn): Promise<FromServices<readonly LiveCard[]>> {
  const rows = await consoleDb().cluster.findMany({
    where: { environment: ownedBy(session) },
    select: { id: true, state: true },
  })
  if (rows.length === 0) return { ok: [] }
  const cards = await servicesControl().clusterCards(rows.map(({ id }) => id))
  if (!cards.ok) return refused(cards)
  const shown = await Promise.all(
    rows.map(async ({ id, state }, index) => {
      const figures = cards.value[index]
      if (figures === undefined) return []
      return [{ id, state: clusterStateOf(state), figures, flows: await readFlows(figures) }]
    }),
  )
  return { ok: shown.flat() }
}

/** Asked of clusters only that somebody is connected to: of many, most are idle. */
async function readFlows({ id, connections }: ClusterCard): Promise<ClusterFlows | null> {
  if (!connections) return null
  const services = servicesControl()
  const [clients, connectors] = await Promise.all([
    services.clusterClients(id),
    services.clusterConnectors(id),
  ])
  if (!clients.ok) return null
  return flowsOf(clients.value.clients, connectors.ok ? connectors.value.connectors : [])
}

const topicsMax = 200

/**
 * `?minutes=60&topics=*&topic=orders` as `LiveAsked`; null where it is not a question. Streams keep to
 * steps of 5 s, so only who asks once may look back further than these go.
 */
export function parseLiveAsked(
  query: URLSearchParams,
  minutesMax: number = liveMinutesMax,
): LiveAsked | null {
  const minutes = Number(query.get('minutes') ?? '5')
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > minutesMax) return null
  const names = (query.get('topics') ?? '').split(',').filter((name) => name !== '')
  if (names.length > topicsMax) return null
  return {
    minutes,
    // No topic's name has an asterisk.
    topics: names.includes('*') ? 'all' : names,
    topic: query.get('topic') || null,
  }
}

export function refused(answer: Extract<ControlAnswer<unknown>, { ok: false }>): {
  error: ActionError
} {
  if (answer.code === 'UNREACHABLE') return failed('SERVICES_UNREACHABLE')
  return { error: { code: answer.code, message: answer.message } }
}
