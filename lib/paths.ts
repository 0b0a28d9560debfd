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
  environments: () => '/environments',
  environment: (at: EnvironmentAt) => `/environments/${segment(at.envId)}/clusters`,
  addCluster: (at: EnvironmentAt) => `/environments/${segment(at.envId)}/add-cluster`,
  cluster: (at: ClusterAt) => `${clusterBase(at)}/overview`,
  clusterSettings: (at: ClusterAt) => `${clusterBase(at)}/settings`,
  apiKeys: (at: ClusterAt) => `${clusterBase(at)}/api-keys`,
  createApiKey: (at: ClusterAt) => `${clusterBase(at)}/api-keys/create`,
  topics: (at: ClusterAt, query: { q?: string } = {}) =>
    withQuery(`${clusterBase(at)}/topics`, query),
  createTopic: (at: ClusterAt) => `${clusterBase(at)}/create-topic`,
  topic: (at: TopicAt) => `${clusterBase(at)}/topics/${segment(at.topic)}`,
  topicMessages: (at: TopicAt, query: MessagesQuery = {}) =>
    withQuery(`${clusterBase(at)}/topics/${segment(at.topic)}/message-viewer`, query),
  topicConfiguration: (at: TopicAt) => `${clusterBase(at)}/topics/${segment(at.topic)}/config`,
  /** The live feed of the messages page: server-sent events. */
  messagesStream: (at: TopicAt, query: FeedQuery) =>
    withQuery(`/api/streams${clusterBase(at)}/topics/${segment(at.topic)}/messages`, query),
  /** The same data once, for a tab that may not hold a stream open. */
  messagesPoll: (at: TopicAt, query: FeedQuery) =>
    withQuery(`/api${clusterBase(at)}/topics/${segment(at.topic)}/messages`, query),
  /** One record, whole. */
  message: (at: TopicAt, place: { readonly partition: number; readonly offset: number }) =>
    `/api${clusterBase(at)}/topics/${segment(at.topic)}/messages/${place.partition}/${place.offset}`,
} as const

export interface EnvironmentAt {
  readonly envId: string
}
export interface ClusterAt extends EnvironmentAt {
  readonly clusterId: string
}
export interface TopicAt extends ClusterAt {
  readonly topic: string
}
/** What the address of the messages page holds: the open record, or the open form. */
export interface MessagesQuery {
  readonly partition?: number | undefined
  readonly offset?: number | undefined
  readonly produce?: '1' | undefined
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

function clusterBase(at: ClusterAt): string {
  return `/environments/${segment(at.envId)}/clusters/${segment(at.clusterId)}`
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
