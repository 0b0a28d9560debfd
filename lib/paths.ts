/**
 * Every URL of the console. Nothing else spells one out.
 *
 * The grammar is Confluent Cloud's, so that a link in a tutorial means the same place here.
 */
export const paths = {
  root: () => '/',
  signIn: (returnTo?: string) =>
    returnTo === undefined ? '/sign-in' : `/sign-in?to=${encodeURIComponent(returnTo)}`,
  signUp: (returnTo?: string) =>
    returnTo === undefined ? '/sign-up' : `/sign-up?to=${encodeURIComponent(returnTo)}`,
  home: () => '/home',
  /** Environments and clusters of the caller, and what lies in a cluster: for jumping there. */
  places: () => '/api/places',
  /** What the navigation shows beside its words. */
  brokers: () => '/api/brokers',
  clusterCounts: (at: ClusterAt) => `/api${clusterBase(at)}/counts`,
  jumpTargets: (at: ClusterAt, query: { q: string }) =>
    withQuery(`/api${clusterBase(at)}/jump-targets`, query),
  /** What a program has to trust to connect by TLS. */
  trustFile: (file: 'ca.pem' | 'truststore.p12') => `/api/tls/${file}`,
  /** How far the caller is in the tutorial. */
  learn: () => '/api/learn',
  environments: () => '/environments',
  environment: (at: EnvironmentAt) => `/environments/${segment(at.envId)}/clusters`,
  addCluster: (at: EnvironmentAt, query: AddClusterQuery = {}) =>
    withQuery(`/environments/${segment(at.envId)}/add-cluster`, query),
  cluster: (at: ClusterAt) => `${clusterBase(at)}/overview`,
  nextSteps: (at: ClusterAt) => `${clusterBase(at)}/next-steps`,
  clusterSettings: (at: ClusterAt) => `${clusterBase(at)}/settings`,
  apiKeys: (at: ClusterAt) => `${clusterBase(at)}/api-keys`,
  createApiKey: (at: ClusterAt) => `${clusterBase(at)}/api-keys/create`,
  clients: (at: ClusterAt) => `${clusterBase(at)}/clients`,
  producers: (at: ClusterAt, query: ClientsQuery = {}) =>
    withQuery(`${clusterBase(at)}/clients/producers`, query),
  consumers: (at: ClusterAt, query: ClientsQuery = {}) =>
    withQuery(`${clusterBase(at)}/clients/consumers`, query),
  consumerLag: (at: ClusterAt, query: ConsumerLagQuery = {}) =>
    withQuery(`${clusterBase(at)}/clients/consumer-lag`, query),
  /** Where a group shall go on reading: a dry run first. */
  resetOffsets: (at: ClusterAt, query: ResetOffsetsQuery) =>
    withQuery(`${clusterBase(at)}/clients/consumer-lag/reset-offsets`, query),
  /** Choosing a language, a key and a topic for a program to copy. */
  buildClient: (at: ClusterAt, query: BuildClientQuery = {}) =>
    withQuery(`${clusterBase(at)}/clients/new`, query),
  /** Connected clients, and groups with the lag of one of them: as of now. */
  clientsPoll: (at: ClusterAt) => `/api${clusterBase(at)}/clients`,
  /** What reached the Kafka ports with an API key, as of now. */
  connectionAttempts: (at: ClusterAt, query: { readonly key: string }) =>
    withQuery(`/api${clusterBase(at)}/connection-attempts`, query),
  groupsPoll: (at: ClusterAt, query: GroupsPollQuery) =>
    withQuery(`/api${clusterBase(at)}/groups`, query),
  /** Lag over time, of one group or (of the last hour) of all. */
  groupLag: (at: ClusterAt, query: GroupLagQuery = {}) =>
    withQuery(`/api${clusterBase(at)}/groups/lag`, query),
  /** What a reset would do, as of now. */
  resetPlan: (at: ClusterAt, query: ResetOffsetsQuery) =>
    withQuery(`/api${clusterBase(at)}/groups/reset-plan`, query),
  /** Explore metrics: of any cluster of the caller. `/metrics` itself is the export for scrapers. */
  metrics: (query: MetricsQuery = {}) => withQuery('/settings/metrics', query),
  metricsExport: () => '/metrics',
  /** Kafka REST v3, for programs with an API key: `lib/kafka-rest` knows what lies below. */
  kafkaRest: () => '/kafka/v3',
  restTopics: ({ clusterId }: RestAt) => `/kafka/v3/clusters/${segment(clusterId)}/topics`,
  restTopic: ({ clusterId, topic }: RestAt & { readonly topic: string }) =>
    `/kafka/v3/clusters/${segment(clusterId)}/topics/${segment(topic)}`,
  restRecords: ({ clusterId, topic }: RestAt & { readonly topic: string }) =>
    `/kafka/v3/clusters/${segment(clusterId)}/topics/${segment(topic)}/records`,
  metricSeries: (at: ClusterAt, query: MetricSeriesQuery) =>
    withQuery(`/api${clusterBase(at)}/metrics`, query),
  /** What there are measurements of. */
  metricResources: (at: ClusterAt, query: MetricResourcesQuery) =>
    withQuery(`/api${clusterBase(at)}/metrics/resources`, query),
  topics: (at: ClusterAt, query: TopicsQuery = {}) => withQuery(`${clusterBase(at)}/topics`, query),
  createTopic: (at: ClusterAt) => `${clusterBase(at)}/create-topic`,
  topic: (at: TopicAt) => `${clusterBase(at)}/topics/${segment(at.topic)}`,
  topicMessages: (at: TopicAt, query: MessagesQuery = {}) =>
    withQuery(`${clusterBase(at)}/topics/${segment(at.topic)}/message-viewer`, query),
  topicOverview: (at: TopicAt) => `${clusterBase(at)}/topics/${segment(at.topic)}/overview`,
  topicConfiguration: (at: TopicAt, query: { show?: 'partitions' | undefined } = {}) =>
    withQuery(`${clusterBase(at)}/topics/${segment(at.topic)}/config`, query),
  editTopic: (at: TopicAt) => `${clusterBase(at)}/topics/${segment(at.topic)}/config/edit`,
  connectors: (at: ClusterAt, query: ConnectorsQuery = {}) =>
    withQuery(`${clusterBase(at)}/connectors`, query),
  /** The connectors that can be added; `plugin` opens its *Launch Sample Data*. */
  connectorPlugins: (at: ClusterAt, query: ConnectorPluginsQuery = {}) =>
    withQuery(`${clusterBase(at)}/connectors/plugins`, query),
  createConnector: (at: ClusterAt, query: CreateConnectorQuery) =>
    withQuery(`${clusterBase(at)}/connectors/create`, query),
  connector: (at: ConnectorAt) => `${connectorBase(at)}/overview`,
  connectorLogs: (at: ConnectorAt, query: { level?: string | undefined } = {}) =>
    withQuery(`${connectorBase(at)}/logs`, query),
  connectorSettings: (at: ConnectorAt, query: { show?: 'json' | undefined } = {}) =>
    withQuery(`${connectorBase(at)}/settings`, query),
  /** State and figures as of now, of all connectors of a cluster and of one. */
  connectorsPoll: (at: ClusterAt) => `/api${clusterBase(at)}/connectors`,
  connectorPoll: (at: ConnectorAt, query: ConnectorPollQuery = {}) =>
    withQuery(`/api${connectorBase(at)}`, query),
  /** The live figures of a cluster's page: server-sent events. */
  clusterStream: (at: ClusterAt, query: LiveQuery) =>
    withQuery(`/api/streams${clusterBase(at)}`, query),
  /** The same data once, for a tab that may not hold a stream open. */
  clusterPoll: (at: ClusterAt, query: LiveQuery) => withQuery(`/api${clusterBase(at)}`, query),
  /** The live figures of all clusters of the caller: server-sent events, and once. */
  cardsStream: () => '/api/streams/environments',
  cardsPoll: () => '/api/environments',
  /** The live feed of the messages page: server-sent events. */
  messagesStream: (at: TopicAt, query: FeedQuery) =>
    withQuery(`/api/streams${clusterBase(at)}/topics/${segment(at.topic)}/messages`, query),
  /** The same data once, for a tab that may not hold a stream open. */
  messagesPoll: (at: TopicAt, query: FeedQuery) =>
    withQuery(`/api${clusterBase(at)}/topics/${segment(at.topic)}/messages`, query),
  /** A page of messages: the first of a view, or the next before or after positions. */
  messagesPage: (at: TopicAt, query: MessagesPageQuery) =>
    withQuery(`/api${clusterBase(at)}/topics/${segment(at.topic)}/messages`, query),
  /** One record; with `whole` all of its bytes. */
  message: (
    at: TopicAt,
    place: { readonly partition: number; readonly offset: number },
    query: { readonly whole?: '1' } = {},
  ) =>
    withQuery(
      `/api${clusterBase(at)}/topics/${segment(at.topic)}/messages/${place.partition}/${place.offset}`,
      query,
    ),
  /** Search through a topic: lines of JSON as they are found. */
  messagesSearch: (at: TopicAt, query: MessagesSearchQuery) =>
    withQuery(`/api${clusterBase(at)}/topics/${segment(at.topic)}/messages/search`, query),
  /** Messages as a file: those of given places, or all that match. */
  messagesExport: (at: TopicAt, query: MessagesExportQuery) =>
    withQuery(`/api${clusterBase(at)}/topics/${segment(at.topic)}/messages/export`, query),
} as const

/** The step of creating a cluster, and what was chosen on the way. */
export interface AddClusterQuery {
  readonly step?: string | undefined
  readonly type?: string | undefined
  readonly provider?: string | undefined
  readonly region?: string | undefined
  readonly availability?: string | undefined
}
export interface EnvironmentAt {
  readonly envId: string
}
/** The cluster's id says enough there: a key belongs to one. */
export interface RestAt {
  readonly clusterId: string
}
export interface ClusterAt extends EnvironmentAt {
  readonly clusterId: string
}
export interface TopicAt extends ClusterAt {
  readonly topic: string
}
export interface ConnectorAt extends ClusterAt {
  /** Its name. */
  readonly connector: string
}
/** What the address of the list of connectors holds. */
export interface ConnectorsQuery extends ConnectorPluginsQuery {
  /** Part of a name. */
  readonly q?: string | undefined
}
export interface ConnectorPluginsQuery {
  /** Whose *Launch Sample Data* is open. */
  readonly plugin?: string | undefined
}
/** What a page of a connector asks for. */
export interface ConnectorPollQuery {
  readonly show?: string | undefined
  /** How far back its series go. */
  readonly minutes?: number | undefined
}
/** The step of adding a connector, and what was chosen on the way; never a secret. */
export interface CreateConnectorQuery {
  readonly plugin: string
  readonly step?: string | undefined
  readonly topic?: string | undefined
  readonly template?: string | undefined
}
/** What the address of the lists of producers and consumers holds. */
export interface ClientsQuery {
  /** Part of a client ID or topic. */
  readonly q?: string | undefined
}
export interface ConsumerLagQuery {
  /** Part of a group's id. */
  readonly q?: string | undefined
  /** The group that is looked at. */
  readonly group?: string | undefined
  /** From the furthest behind on, instead of by id. */
  readonly sort?: 'behind' | undefined
  /** How far back the chart looks, in milliseconds. */
  readonly interval?: string | undefined
}
/** What the page asks for again and again. */
export interface GroupsPollQuery {
  readonly q?: string | undefined
  readonly group?: string | undefined
  /** How old the first unread message is, of as many partitions as may be asked for at once. */
  readonly times?: 'all' | undefined
}
export interface GroupLagQuery {
  readonly group?: string | undefined
  readonly minutes?: number | undefined
}
/** `lib/format/reset-query.ts` reads it. */
export interface ResetOffsetsQuery {
  readonly group: string
  readonly topic?: string | undefined
  readonly partitions?: string | undefined
  readonly to?: string | undefined
  readonly value?: string | undefined
}
export interface BuildClientQuery {
  readonly language?: string | undefined
  readonly library?: string | undefined
  readonly topic?: string | undefined
  readonly key?: string | undefined
  readonly protocol?: string | undefined
  readonly place?: string | undefined
}
/** What the address of the metrics page holds. */
export interface MetricsQuery extends Partial<MetricSeriesQuery> {
  readonly cluster?: string | undefined
  /** Which integration is explained. */
  readonly show?: string | undefined
}
export interface MetricSeriesQuery {
  readonly metric: string
  /** The kind of resource that has a line each. */
  readonly by: string
  /** Which of them, as `lib/format/resource-list.ts` writes them; the busiest where absent. */
  readonly resources?: string | undefined
  readonly minutes: number
}
export interface MetricResourcesQuery {
  readonly kind?: string | undefined
  readonly search?: string | undefined
}
/** What the address of the list of topics holds. */
export interface TopicsQuery {
  /** Part of a name. */
  readonly q?: string
  /** A column, after `-` from the largest on. */
  readonly sort?: string | undefined
  readonly internal?: 'shown' | undefined
}
/** What the address of the messages page holds: the view, and the open record or form. */
export interface MessagesQuery extends MessagesViewQuery {
  /** What the rows are filtered by. */
  readonly filter?: string | undefined
  /** What the whole topic is searched for. */
  readonly search?: string | undefined
  /** JSON paths that have columns of their own. */
  readonly columns?: string | undefined
  readonly partition?: number | undefined
  readonly offset?: number | undefined
  readonly produce?: '1' | undefined
}
export interface LiveQuery {
  /** How far back the series go. */
  readonly minutes?: number | undefined
  /** Whose figures come along: `*`, or names with commas between them. */
  readonly topics?: string | undefined
  /** Whose own series come along. */
  readonly topic?: string | undefined
}
/** `lib/format/message-view.ts` reads and writes it. */
export interface MessagesViewQuery {
  readonly jump?: string | undefined
  readonly partitions?: string | undefined
  readonly max?: string | undefined
}
export interface MessagesPageQuery extends MessagesViewQuery {
  /** Positions as of `FeedQuery`. */
  readonly before?: string | undefined
  readonly after?: string | undefined
}
export interface MessagesSearchQuery {
  readonly q: string
  readonly partitions?: string | undefined
  /** Where to go on, as positions; from the beginning where absent. */
  readonly from?: string | undefined
}
export interface MessagesExportQuery {
  readonly format: 'ndjson' | 'csv'
  /** Only these, as `0:17-20,1:4`. */
  readonly places?: string | undefined
  readonly q?: string | undefined
  readonly partitions?: string | undefined
}
export interface FeedQuery {
  /** Next offset of each partition to follow, as `0:17,1:4`. */
  readonly from: string
}

/**
 * Where to go after signing in: a path of this console, or home where `to` is anything else (another
 * site's address after `//`, a scheme, a backslash that browsers read as a slash).
 */
export function safeReturnPath(to: string | null | undefined): string {
  const target = to ?? ''
  const isLocal = target.startsWith('/') && !target.startsWith('//') && !/[\\\s]/.test(target)
  return isLocal ? target : paths.home()
}

/** The cluster that an address lies below, or null. */
export function clusterIn(path: string): ClusterAt | null {
  const [, root, envId, folder, clusterId] = path.split('/')
  if (root !== 'environments' || folder !== 'clusters') return null
  if (envId === undefined || clusterId === undefined) return null
  return { envId: decodeURIComponent(envId), clusterId: decodeURIComponent(clusterId) }
}

/** The topic that a page is about; null elsewhere. */
export function topicIn(path: string): TopicAt | null {
  const at = clusterIn(path)
  const found = at === null ? null : /^\/topics\/([^/?]+)/.exec(path.slice(clusterBase(at).length))
  const topic = found?.[1]
  return at === null || topic === undefined ? null : { ...at, topic: decodeURIComponent(topic) }
}

function clusterBase(at: ClusterAt): string {
  return `/environments/${segment(at.envId)}/clusters/${segment(at.clusterId)}`
}

function connectorBase(at: ConnectorAt): string {
  return `${clusterBase(at)}/connectors/${segment(at.connector)}`
}

function segment(value: string): string {
  return encodeURIComponent(value)
}

function withQuery(path: string, query: object): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
