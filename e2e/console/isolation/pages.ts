import { paths } from '../../../lib/paths.ts'
import type { Tenant } from './tenant.ts'
import { datagen, type Whose } from './whose.ts'

// Every page of the console. A row that is missing fails tables.spec.ts, and so does one without its page.

export interface PageRow {
  readonly whose: Whose
  readonly path: (own: Tenant) => string
  /** What the owner is shown, a text of the page, or where the page leads. */
  readonly answer:
    | { readonly shows: (own: Tenant) => string }
    | { readonly leadsTo: (own: Tenant) => string }
}

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
