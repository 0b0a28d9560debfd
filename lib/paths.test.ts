import { expect, test } from 'vitest'
import { paths, safeReturnPath } from './paths.ts'

const at = { envId: 'env-1jrymj', clusterId: 'lkc-ymq1wk', topic: 'rides' }

test('every URL of the console', () => {
  expect({
    root: paths.root(),
    signIn: paths.signIn(),
    signInBackTo: paths.signIn('/environments?x=1'),
    signUp: paths.signUp(),
    home: paths.home(),
    environments: paths.environments(),
    environment: paths.environment(at),
    addCluster: paths.addCluster(at),
    addClusterStep: paths.addCluster(at, { step: 'region', type: 'STANDARD' }),
    cluster: paths.cluster(at),
    nextSteps: paths.nextSteps(at),
    clusterSettings: paths.clusterSettings(at),
    apiKeys: paths.apiKeys(at),
    createApiKey: paths.createApiKey(at),
    topics: paths.topics(at),
    topicsFound: paths.topics(at, { q: 'ri' }),
    createTopic: paths.createTopic(at),
    topic: paths.topic(at),
    topicMessages: paths.topicMessages(at),
    topicMessage: paths.topicMessages(at, { partition: 0, offset: 17 }),
    topicProduce: paths.topicMessages(at, { produce: '1' }),
    topicConfiguration: paths.topicConfiguration(at),
    connectors: paths.connectors(at),
    connectorPlugins: paths.connectorPlugins(at, { plugin: 'DatagenSource' }),
    createConnector: paths.createConnector(at, { plugin: 'DatagenSource', step: 'review' }),
    connector: paths.connector({ ...at, connector: 'my orders/1' }),
    connectorLogs: paths.connectorLogs({ ...at, connector: 'orders' }),
    connectorSettings: paths.connectorSettings({ ...at, connector: 'orders' }),
    connectorsPoll: paths.connectorsPoll(at),
    connectorPoll: paths.connectorPoll({ ...at, connector: 'orders' }),
    clusterStream: paths.clusterStream(at, { minutes: 60, topics: '*' }),
    clusterPoll: paths.clusterPoll(at, { topic: 'rides' }),
    cardsStream: paths.cardsStream(),
    cardsPoll: paths.cardsPoll(),
    messagesStream: paths.messagesStream(at, { from: '0:17,1:4' }),
    messagesPoll: paths.messagesPoll(at, { from: '0:17' }),
    message: paths.message(at, { partition: 1, offset: 4 }),
  }).toMatchInlineSnapshot(`
    {
      "addCluster": "/environments/env-1jrymj/add-cluster",
      "addClusterStep": "/environments/env-1jrymj/add-cluster?step=region&type=STANDARD",
      "apiKeys": "/environments/env-1jrymj/clusters/lkc-ymq1wk/api-keys",
      "cardsPoll": "/api/environments",
      "cardsStream": "/api/streams/environments",
      "cluster": "/environments/env-1jrymj/clusters/lkc-ymq1wk/overview",
      "clusterPoll": "/api/environments/env-1jrymj/clusters/lkc-ymq1wk?topic=rides",
      "clusterSettings": "/environments/env-1jrymj/clusters/lkc-ymq1wk/settings",
      "clusterStream": "/api/streams/environments/env-1jrymj/clusters/lkc-ymq1wk?minutes=60&topics=*",
      "connector": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/my%20orders%2F1/overview",
      "connectorLogs": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/orders/logs",
      "connectorPlugins": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/plugins?plugin=DatagenSource",
      "connectorPoll": "/api/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/orders",
      "connectorSettings": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/orders/settings",
      "connectors": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors",
      "connectorsPoll": "/api/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors",
      "createApiKey": "/environments/env-1jrymj/clusters/lkc-ymq1wk/api-keys/create",
      "createConnector": "/environments/env-1jrymj/clusters/lkc-ymq1wk/connectors/create?plugin=DatagenSource&step=review",
      "createTopic": "/environments/env-1jrymj/clusters/lkc-ymq1wk/create-topic",
      "environment": "/environments/env-1jrymj/clusters",
      "environments": "/environments",
      "home": "/home",
      "message": "/api/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/messages/1/4",
      "messagesPoll": "/api/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/messages?from=0%3A17",
      "messagesStream": "/api/streams/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/messages?from=0%3A17%2C1%3A4",
      "nextSteps": "/environments/env-1jrymj/clusters/lkc-ymq1wk/next-steps",
      "root": "/",
      "signIn": "/sign-in",
      "signInBackTo": "/sign-in?to=%2Fenvironments%3Fx%3D1",
      "signUp": "/sign-up",
      "topic": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides",
      "topicConfiguration": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/config",
      "topicMessage": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/message-viewer?partition=0&offset=17",
      "topicMessages": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/message-viewer",
      "topicProduce": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics/rides/message-viewer?produce=1",
      "topics": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics",
      "topicsFound": "/environments/env-1jrymj/clusters/lkc-ymq1wk/topics?q=ri",
    }
  `)
})

test('names are escaped in URLs', () => {
  expect(paths.topic({ ...at, topic: 'a/b?c' })).toContain('/topics/a%2Fb%3Fc')
})

test.each([
  ['/environments', '/environments'],
  [null, '/home'],
  ['', '/home'],
  ['https://example.com', '/home'],
  ['//example.com', '/home'],
  ['/\\example.com', '/home'],
  ['/\t/example.com', '/home'],
])('after signing in with to=%j the way leads to %s', (to, path) => {
  expect(safeReturnPath(to)).toBe(path)
})
