import { paths } from '../../../lib/paths.ts'
import { newPerson, recordArgument, type Tenant } from './tenant.ts'
import { datagen, placeOf, type Whose } from './whose.ts'

// Every server action, in the order in which the owner can carry them out. A row that is missing fails
// tables.spec.ts, and so does one without its action.

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
  /** What was done before goes on by itself: the call is made once this address no longer says so. */
  readonly waits?: { readonly at: (own: Tenant) => string; readonly whileItSays: string }
}

const spareCluster = ({ envId, spare }: Tenant) => ({ envId, clusterId: spare.clusterId })
const spareTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.spare.topic })
const quietTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.quietTopic })
const filledTopic = (own: Tenant) => ({ ...placeOf(own), topic: own.filledTopic })
const madeTopic = (own: Tenant) => ({ ...placeOf(own), topic: 'made_by_hand' })
const ferry = (own: Tenant) => ({ ...placeOf(own), connector: own.connector })
const spareFerry = (own: Tenant) => ({ ...placeOf(own), connector: own.spare.connector })
const madeFerry = (own: Tenant) => ({ ...placeOf(own), connector: `made_${own.connector}` })
// A connector's log tells that its tasks run only once they do.
const tasksRun = { at: paths.connectorsPoll, whileItSays: 'PROVISIONING' }

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
    waits: tasksRun,
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
    waits: tasksRun,
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
    waits: tasksRun,
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
