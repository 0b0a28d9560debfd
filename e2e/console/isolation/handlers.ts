import { paths } from '../../../lib/paths.ts'
import type { Tenant } from './tenant.ts'
import type { Whose } from './whose.ts'

// Every method of a route handler. A row that is missing fails tables.spec.ts, and so does one without its handler.

export interface HandlerRow {
  /** `key`: of whoever brings an API key of the cluster with its secret; a session opens nothing. */
  readonly whose: Whose | 'key'
  readonly path: (own: Tenant) => string
  readonly shows: (own: Tenant) => string
  /** A form, where the handler wants one. */
  readonly body?: (own: Tenant) => URLSearchParams
}

const fromStart = { from: '0:0' }
const cluster = '/environments/[envId]/clusters/[clusterId]'

export const handlerRows: Readonly<Record<string, HandlerRow>> = {
  'GET /api/health': { whose: 'everyone', path: () => '/api/health', shows: () => 'ok' },
  'GET /api/tls/[file]': {
    whose: 'everyone',
    path: () => paths.trustFile('ca.pem'),
    shows: () => 'BEGIN CERTIFICATE',
  },
  'GET /metrics': { whose: 'key', path: paths.metricsExport, shows: () => '# EOF' },
  'GET /api/auth/[...nextauth]': {
    whose: 'everyone',
    path: () => '/api/auth/csrf',
    shows: () => 'csrfToken',
  },
  // Without the token of a form that the console has handed out, nobody gets in.
  'POST /api/auth/[...nextauth]': {
    whose: 'everyone',
    path: () => '/api/auth/callback/credentials',
    shows: () => 'csrf=true',
    body: ({ person: { email, password } }) =>
      new URLSearchParams({ email, password, json: 'true' }),
  },
  'GET /api/environments': {
    whose: 'caller',
    path: paths.cardsPoll,
    shows: ({ clusterId }) => clusterId,
  },
  'GET /api/streams/environments': {
    whose: 'caller',
    path: paths.cardsStream,
    shows: ({ clusterId }) => clusterId,
  },
  [`GET /api${cluster}`]: {
    whose: 'owner',
    path: (own) => paths.clusterPoll(own, { topics: '*' }),
    shows: ({ clusterId }) => clusterId,
  },
  [`GET /api/streams${cluster}`]: {
    whose: 'owner',
    path: (own) => paths.clusterStream(own, { topics: '*' }),
    shows: ({ clusterId }) => clusterId,
  },
  'GET /api/learn': {
    whose: 'caller',
    path: paths.learn,
    // Where the next step leads: to the caller's own cluster.
    shows: ({ clusterId }) => clusterId,
  },
  'GET /api/places': {
    whose: 'caller',
    path: paths.places,
    shows: ({ envId }) => envId,
  },
  'GET /api/brokers': {
    whose: 'caller',
    path: paths.brokers,
    shows: () => '"up":3',
  },
  [`GET /api${cluster}/counts`]: {
    whose: 'owner',
    path: paths.clusterCounts,
    shows: () => 'topics',
  },
  [`GET /api${cluster}/jump-targets`]: {
    whose: 'owner',
    path: (own) => paths.jumpTargets(own, { q: own.topic }),
    shows: ({ topic }) => topic,
  },
  [`GET /api${cluster}/clients`]: {
    whose: 'owner',
    path: paths.clientsPoll,
    shows: () => 'connections',
  },
  [`GET /api${cluster}/connection-attempts`]: {
    whose: 'owner',
    path: (own) => paths.connectionAttempts(own, { key: own.key }),
    shows: () => 'strangers',
  },
  [`GET /api${cluster}/groups`]: {
    whose: 'owner',
    path: (own) => paths.groupsPoll(own, {}),
    shows: () => 'groups',
  },
  [`GET /api${cluster}/groups/lag`]: {
    whose: 'owner',
    path: (own) => paths.groupLag(own),
    shows: () => 'stepMs',
  },
  [`GET /api${cluster}/groups/reset-plan`]: {
    whose: 'owner',
    path: (own) => paths.resetPlan(own, { group: own.group }),
    shows: ({ topic }) => topic,
  },
  [`GET /api${cluster}/connectors`]: {
    whose: 'owner',
    path: paths.connectorsPoll,
    shows: ({ connector }) => connector,
  },
  [`GET /api${cluster}/connectors/[connector]`]: {
    whose: 'owner',
    path: (own) => paths.connectorPoll(own),
    shows: ({ connector }) => connector,
  },
  [`GET /api${cluster}/metrics`]: {
    whose: 'owner',
    path: (own) =>
      paths.metricSeries(own, {
        metric: 'io.confluent.kafka.server/received_records',
        by: 'topic',
        resources: `topic%3A${own.topic}`,
        minutes: 60,
      }),
    shows: ({ topic }) => topic,
  },
  [`GET /api${cluster}/metrics/resources`]: {
    whose: 'owner',
    path: (own) => paths.metricResources(own, { kind: 'topic' }),
    shows: () => 'resources',
  },
  [`GET /api${cluster}/topics/[topic]/messages`]: {
    whose: 'owner',
    path: (own) => paths.messagesPoll(own, fromStart),
    shows: ({ recordText }) => recordText,
  },
  [`GET /api${cluster}/topics/[topic]/messages/[partition]/[offset]`]: {
    whose: 'owner',
    path: (own) => paths.message(own, { partition: 0, offset: 0 }),
    shows: ({ recordText }) => recordText,
  },
  [`GET /api${cluster}/topics/[topic]/messages/search`]: {
    whose: 'owner',
    path: (own) => paths.messagesSearch(own, { q: own.recordText }),
    shows: ({ recordText }) => recordText,
  },
  [`GET /api${cluster}/topics/[topic]/messages/export`]: {
    whose: 'owner',
    path: (own) => paths.messagesExport(own, { format: 'ndjson', places: '0:0' }),
    shows: ({ recordText }) => recordText,
  },
  [`GET /api/streams${cluster}/topics/[topic]/messages`]: {
    whose: 'owner',
    path: (own) => paths.messagesStream(own, fromStart),
    shows: ({ recordText }) => recordText,
  },
}
