// Every page, route handler and action of the console, with the owner's own arguments. A row that is
// missing fails the test, and so does one without its page, handler or action.
//
// This file is long because the console has that many of them; it is tables and nothing else.

import { paths } from '../../../lib/paths.ts'
import { newPerson, recordArgument, type Tenant } from './tenant.ts'

/**
 * Whose the answer is: `owner`, what the arguments name and nobody else's; `caller`, what belongs to
 * whoever is signed in; `everyone`, the same for all.
 */
export type Whose = 'owner' | 'caller' | 'everyone'

export interface PageRow {
  readonly whose: Whose
  readonly path: (own: Tenant) => string
  /** What the owner is shown, a text of the page, or where the page leads. */
  readonly answer:
    | { readonly shows: (own: Tenant) => string }
    | { readonly leadsTo: (own: Tenant) => string }
}

export interface HandlerRow {
  /** `key`: of whoever brings an API key of the cluster with its secret; a session opens nothing. */
  readonly whose: Whose | 'key'
  readonly path: (own: Tenant) => string
  readonly shows: (own: Tenant) => string
  /** A form, where the handler wants one. */
  readonly body?: (own: Tenant) => URLSearchParams
}

export interface ActionRow {
  readonly whose: Whose
  /** The page that calls it. */
  readonly page: (own: Tenant) => string
  readonly argument: (own: Tenant) => Readonly<Record<string, unknown>>
  /**
   * An address that the owner is answered differently at once the action has happened, measured
   * figures apart. Absent where it changes nothing of anybody who is here already.
   */
  readonly changes?: (own: Tenant) => string
}

const spareCluster = ({ envId, spare }: Tenant) => ({ envId, clusterId: spare.clusterId })
const spareTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.spare.topic })
const quietTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.quietTopic })
const filledTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.filledTopic })
const madeTopic = (own: Tenant) => ({ ...placeOf(own), topic: 'made_by_hand' })
const ferry = (own: Tenant) => ({ ...placeOf(own), connector: own.connector })
const spareFerry = (own: Tenant) => ({ ...placeOf(own), connector: own.spare.connector })
const madeFerry = (own: Tenant) => ({ ...placeOf(own), connector: `made_${own.connector}` })
const datagen = { plugin: 'DatagenSource' }
const placeOf = ({ envId, clusterId }: Tenant) => ({ envId, clusterId })
const fromStart = { from: '0:0' }

const cluster = '/environments/[envId]/clusters/[clusterId]'

export const pageRows: Readonly<Record<string, PageRow>> = {
  '/': { whose: 'caller', path: paths.root, answer: { leadsTo: paths.home } },
  '/sign-in': {
    whose: 'everyone',
    path: () => paths.signIn(),
    answer: { shows: () => 'Sign in' },
  },
  '/sign-up': {
    whose: 'everyone',
    path: () => paths.signUp(),
    answer: { shows: () => 'Sign up' },
  },
  '/home': { whose: 'caller', path: paths.home, answer: { shows: ({ envId }) => envId } },
  '/environments': {
    whose: 'caller',
    path: paths.environments,
    answer: { shows: ({ envId }) => envId },
  },
  '/settings/metrics': {
    whose: 'caller',
    path: () => paths.metrics(),
    answer: { shows: ({ clusterName }) => clusterName },
  },
  '/environments/[envId]': {
    whose: 'owner',
    path: ({ envId }) => `/environments/${envId}`,
    answer: { leadsTo: paths.environment },
  },
  '/environments/[envId]/clusters': {
    whose: 'owner',
    path: paths.environment,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  '/environments/[envId]/add-cluster': {
    whose: 'owner',
    path: (own) => paths.addCluster(own),
    answer: { shows: () => 'Begin configuration' },
  },
  [cluster]: {
    whose: 'owner',
    path: (own) => `/environments/${own.envId}/clusters/${own.clusterId}`,
    answer: { leadsTo: paths.cluster },
  },
  [`${cluster}/overview`]: {
    whose: 'owner',
    path: paths.cluster,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/next-steps`]: {
    whose: 'owner',
    path: paths.nextSteps,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/settings`]: {
    whose: 'owner',
    path: paths.clusterSettings,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/api-keys`]: {
    whose: 'owner',
    path: paths.apiKeys,
    answer: { shows: ({ key }) => key },
  },
  [`${cluster}/api-keys/create`]: {
    whose: 'owner',
    path: paths.createApiKey,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/connectors`]: {
    whose: 'owner',
    path: (own) => paths.connectors(own),
    answer: { shows: ({ connector }) => connector },
  },
  [`${cluster}/connectors/plugins`]: {
    whose: 'owner',
    path: (own) => paths.connectorPlugins(own),
    answer: { shows: () => 'Datagen Source' },
  },
  [`${cluster}/connectors/create`]: {
    whose: 'owner',
    path: (own) => paths.createConnector(own, datagen),
    answer: { shows: ({ topic }) => topic },
  },
  [`${cluster}/connectors/[connector]`]: {
    whose: 'owner',
    path: (own) => paths.connector(own).replace(/\/overview$/, ''),
    answer: { leadsTo: paths.connector },
  },
  [`${cluster}/connectors/[connector]/overview`]: {
    whose: 'owner',
    path: paths.connector,
    answer: { shows: () => 'Messages processed' },
  },
  [`${cluster}/connectors/[connector]/logs`]: {
    whose: 'owner',
    path: (own) => paths.connectorLogs(own),
    answer: { shows: ({ connector }) => connector },
  },
  [`${cluster}/connectors/[connector]/settings`]: {
    whose: 'owner',
    path: (own) => paths.connectorSettings(own),
    answer: { shows: () => 'Kafka credentials' },
  },
  [`${cluster}/topics`]: {
    whose: 'owner',
    path: (own) => paths.topics(own),
    answer: { shows: ({ topic }) => topic },
  },
  [`${cluster}/clients`]: {
    whose: 'owner',
    path: paths.clients,
    answer: { leadsTo: (own) => paths.producers(own) },
  },
  [`${cluster}/clients/producers`]: {
    whose: 'owner',
    path: (own) => paths.producers(own),
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/clients/consumers`]: {
    whose: 'owner',
    path: (own) => paths.consumers(own),
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/clients/consumer-lag`]: {
    whose: 'owner',
    path: (own) => paths.consumerLag(own),
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/clients/consumer-lag/reset-offsets`]: {
    whose: 'owner',
    path: (own) => paths.resetOffsets(own, { group: own.group }),
    answer: { shows: ({ group }) => `Reset offsets of ${group}` },
  },
  [`${cluster}/clients/new`]: {
    whose: 'owner',
    path: (own) => paths.buildClient(own),
    answer: { shows: ({ key }) => key },
  },
  [`${cluster}/create-topic`]: {
    whose: 'owner',
    path: paths.createTopic,
    answer: { shows: ({ clusterName }) => clusterName },
  },
  [`${cluster}/topics/[topic]`]: {
    whose: 'owner',
    path: paths.topic,
    answer: { leadsTo: (own) => paths.topicMessages(own) },
  },
  [`${cluster}/topics/[topic]/overview`]: {
    whose: 'owner',
    path: paths.topicOverview,
    answer: { shows: () => 'Produce new message' },
  },
  [`${cluster}/topics/[topic]/message-viewer`]: {
    whose: 'owner',
    path: (own) => paths.topicMessages(own),
    answer: { shows: ({ recordText }) => recordText },
  },
  [`${cluster}/topics/[topic]/config`]: {
    whose: 'owner',
    path: paths.topicConfiguration,
    answer: { shows: () => 'retention.ms' },
  },
  [`${cluster}/topics/[topic]/config/edit`]: {
    whose: 'owner',
    path: paths.editTopic,
    answer: { shows: () => 'Retention time' },
  },
}

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

export const actionRows: Readonly<Record<string, ActionRow>> = {
  'lib/actions/account.ts signUp': {
    whose: 'everyone',
    page: () => paths.signUp(),
    argument: () => ({ ...newPerson() }),
  },
  'lib/actions/account.ts signOut': {
    whose: 'caller',
    page: paths.home,
    argument: () => ({}),
    changes: paths.environments,
  },
  'lib/actions/environments.ts createEnvironment': {
    whose: 'caller',
    page: paths.environments,
    argument: () => ({ name: 'one more' }),
    changes: paths.environments,
  },
  'lib/actions/environments.ts renameEnvironment': {
    whose: 'owner',
    page: paths.environments,
    argument: ({ envId }) => ({ envId, name: 'said otherwise' }),
    changes: paths.environments,
  },
  'lib/actions/environments.ts deleteEnvironment': {
    whose: 'owner',
    page: paths.environments,
    argument: ({ spare }) => ({ envId: spare.envId, confirmation: spare.environmentName }),
    changes: paths.environments,
  },
  'lib/actions/clusters.ts createCluster': {
    whose: 'owner',
    page: (own) => paths.addCluster(own),
    argument: ({ envId, clusterName }) => ({
      envId,
      name: `${clusterName}_second`,
      type: 'BASIC',
      provider: 'aws',
      region: 'eu-central-1',
    }),
    changes: paths.environments,
  },
  // Before the cluster is called otherwise: to allow it takes the name.
  'lib/actions/open-listener.ts allowWithoutKey': {
    whose: 'owner',
    page: paths.clusterSettings,
    argument: (own) => ({
      ...placeOf(own),
      port: '',
      createTopics: false,
      partitions: '1',
      confirmation: own.clusterName,
    }),
    changes: paths.clusterSettings,
  },
  'lib/actions/open-listener.ts forbidWithoutKey': {
    whose: 'owner',
    page: paths.clusterSettings,
    argument: placeOf,
    changes: paths.clusterSettings,
  },
  'lib/actions/clusters.ts renameCluster': {
    whose: 'owner',
    page: paths.clusterSettings,
    argument: (own) => ({ ...placeOf(own), name: 'said otherwise' }),
    changes: paths.clusterSettings,
  },
  'lib/actions/clusters.ts deleteCluster': {
    whose: 'owner',
    page: (own) => paths.clusterSettings(spareCluster(own)),
    argument: (own) => ({ ...spareCluster(own), confirmation: own.spare.clusterName }),
    changes: paths.environments,
  },
  'lib/actions/api-keys.ts createApiKey': {
    whose: 'owner',
    page: paths.createApiKey,
    argument: (own) => ({ ...placeOf(own), description: 'one more' }),
    changes: paths.apiKeys,
  },
  'lib/actions/api-keys.ts describeApiKey': {
    whose: 'owner',
    page: paths.createApiKey,
    argument: (own) => ({ ...placeOf(own), key: own.key, description: 'said otherwise' }),
    changes: paths.apiKeys,
  },
  'lib/actions/api-keys.ts deleteApiKey': {
    whose: 'owner',
    page: paths.apiKeys,
    argument: (own) => ({ ...placeOf(own), key: own.spare.key }),
    changes: paths.apiKeys,
  },
  'lib/actions/topics.ts createTopic': {
    whose: 'owner',
    page: paths.createTopic,
    argument: (own) => ({ ...placeOf(own), name: madeTopic(own).topic, partitions: '1' }),
    // The list shows figures that change by themselves.
    changes: (own) => paths.topicConfiguration(madeTopic(own)),
  },
  'lib/actions/topics.ts deleteTopic': {
    whose: 'owner',
    page: (own) => paths.topicMessages(spareTopic(own)),
    argument: (own) => ({
      ...placeOf(own),
      name: own.spare.topic,
      confirmation: own.spare.topic,
    }),
    changes: (own) => paths.topicConfiguration(spareTopic(own)),
  },
  'lib/actions/topic-changes.ts alterTopicConfigs': {
    whose: 'owner',
    page: (own) => paths.editTopic(filledTopic(own)),
    argument: (own) => ({ ...filledTopic(own), changes: { 'retention.ms': '3600000' } }),
    changes: (own) => paths.topicConfiguration(filledTopic(own)),
  },
  'lib/actions/topic-changes.ts increasePartitions': {
    whose: 'owner',
    page: (own) => paths.topicConfiguration(filledTopic(own)),
    argument: (own) => ({ ...filledTopic(own), partitions: '3' }),
    changes: (own) => paths.topicConfiguration(filledTopic(own)),
  },
  'lib/actions/topic-changes.ts emptyTopic': {
    whose: 'owner',
    page: (own) => paths.topicConfiguration(filledTopic(own)),
    argument: (own) => ({ ...filledTopic(own), confirmation: own.filledTopic }),
    changes: (own) => paths.topicConfiguration(filledTopic(own), { show: 'partitions' }),
  },
  'lib/actions/messages.ts produceMessage': {
    whose: 'owner',
    page: (own) => paths.topicMessages(quietTopic(own)),
    argument: (own) => recordArgument({ ...own, topic: own.quietTopic }),
    changes: (own) => paths.message(quietTopic(own), { partition: 0, offset: 0 }),
  },
  'lib/actions/messages.ts produceMessages': {
    whose: 'owner',
    page: (own) => paths.topicMessages(own),
    argument: (own) => {
      const { key, value, headers } = recordArgument(own)
      return { ...placeOf(own), topic: own.topic, records: [{ key, value, headers }] }
    },
    // Behind the tenant's first; a page of records says how long it took, which is never the same.
    changes: (own) => paths.message(own, { partition: 0, offset: 1 }),
  },
  'lib/actions/groups.ts resetOffsets': {
    whose: 'owner',
    page: (own) => paths.resetOffsets(own, { group: own.group }),
    argument: (own) => ({
      ...{ ...placeOf(own), group: own.group },
      offsets: [{ topic: own.topic, partition: 0, committed: 1, offset: 0 }],
    }),
    changes: (own) => paths.resetOffsets(own, { group: own.group }),
  },
  'lib/actions/groups.ts deleteGroupOffsets': {
    whose: 'owner',
    page: (own) => paths.consumerLag(own, { group: own.spare.groupToForget }),
    argument: (own) => ({ ...placeOf(own), group: own.spare.groupToForget, topic: own.topic }),
    changes: (own) => paths.resetOffsets(own, { group: own.spare.groupToForget }),
  },
  'lib/actions/groups.ts deleteGroup': {
    whose: 'owner',
    page: (own) => paths.consumerLag(own, { group: own.spare.group }),
    argument: (own) => ({
      ...{ ...placeOf(own), group: own.spare.group, confirmation: own.spare.group },
    }),
    changes: (own) => paths.resetOffsets(own, { group: own.spare.group }),
  },
  'lib/actions/learn.ts startTutorialOver': {
    whose: 'caller',
    page: paths.home,
    argument: () => ({}),
    changes: paths.learn,
  },
  'lib/actions/connectors.ts validateConnector': {
    whose: 'owner',
    page: (own) => paths.createConnector(own, datagen),
    argument: (own) => ({ ...placeOf(own), config: { ...own.connectorConfig, name: 'tried' } }),
  },
  'lib/actions/connectors.ts previewConnector': {
    whose: 'owner',
    page: (own) => paths.createConnector(own, datagen),
    argument: (own) => ({ ...placeOf(own), config: own.connectorConfig }),
  },
  'lib/actions/connectors.ts createConnector': {
    whose: 'owner',
    page: (own) => paths.createConnector(own, datagen),
    argument: (own) => ({
      ...placeOf(own),
      name: madeFerry(own).connector,
      config: own.connectorConfig,
    }),
    changes: (own) => paths.connectorSettings(madeFerry(own)),
  },
  'lib/actions/connectors.ts launchSampleData': {
    whose: 'owner',
    page: (own) => paths.connectorPlugins(own),
    argument: (own) => ({
      ...placeOf(own),
      pluginClass: datagen.plugin,
      template: 'STORES',
    }),
    changes: (own) => paths.topicConfiguration({ ...placeOf(own), topic: 'sample_data_stores' }),
  },
  'lib/actions/connector-changes.ts pauseConnector': {
    whose: 'owner',
    page: (own) => paths.connector(ferry(own)),
    argument: ferry,
    changes: (own) => paths.connectorSettings(ferry(own)),
  },
  'lib/actions/connector-changes.ts restartConnector': {
    whose: 'owner',
    page: (own) => paths.connector(spareFerry(own)),
    argument: spareFerry,
    changes: (own) => paths.connectorLogs(spareFerry(own)),
  },
  'lib/actions/connector-changes.ts resumeConnector': {
    whose: 'owner',
    page: (own) => paths.connector(ferry(own)),
    argument: ferry,
    changes: (own) => paths.connectorSettings(ferry(own)),
  },
  'lib/actions/connector-changes.ts restartConnectorTask': {
    whose: 'owner',
    page: (own) => paths.connector(spareFerry(own)),
    argument: (own) => ({ ...spareFerry(own), task: 0 }),
    changes: (own) => paths.connectorLogs(spareFerry(own)),
  },
  'lib/actions/connector-changes.ts configureConnector': {
    whose: 'owner',
    page: (own) => paths.connectorSettings(ferry(own)),
    argument: (own) => ({
      ...ferry(own),
      config: { ...own.connectorConfig, name: own.connector, quickstart: 'USERS' },
    }),
    // A form shows what is chosen by its look, which is no text.
    changes: (own) => paths.connectorLogs(ferry(own)),
  },
  'lib/actions/connector-changes.ts deleteConnector': {
    whose: 'owner',
    page: (own) => paths.connectorSettings(spareFerry(own)),
    argument: (own) => ({ ...spareFerry(own), confirmation: own.spare.connector }),
    changes: (own) => paths.connectorSettings(spareFerry(own)),
  },
  // These two end every other session of who calls them, so they come last.
  'lib/actions/account.ts changePassword': {
    whose: 'caller',
    page: paths.home,
    argument: ({ person: { password } }) => ({ currentPassword: password, password }),
  },
  'lib/actions/account.ts deleteAccount': {
    whose: 'caller',
    page: paths.home,
    argument: ({ person }) => ({ currentPassword: person.password }),
    changes: paths.home,
  },
}
