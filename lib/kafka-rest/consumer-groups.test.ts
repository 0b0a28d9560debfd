import { type Consumer, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { createGroupChanger } from '../kafka/group-changes.ts'
import { createNodes } from '../kafka/nodes.ts'
import {
  type AskedRow,
  ask,
  clusterId,
  maya,
  ownCluster,
  type RestUnderTest,
  startRest,
} from './rest-for-tests.ts'

const topics = [{ name: 'orders', partitions: 2 }]
const here = `http://rest/kafka/v3/clusters/${clusterId}`
const live = `${here}/consumer-groups/live`
let broker: RunningBroker
let rest: RestUnderTest
let consumer: Consumer
/** What the coordinator called the one member of `live`. */
let memberId = ''

beforeAll(async () => {
  broker = await startBroker({ clusters: [{ ...ownCluster, topics }], log: () => {} })
  rest = await startRest(broker)
  for (const partition_id of [0, 0, 0, 0, 0, 1, 1]) {
    await ask(rest, { method: 'POST', path: '/topics/orders/records', body: { partition_id } })
  }
  const bootstrap = broker.ports.map((port) => ({ host: '127.0.0.1', port }))
  const nodes = createNodes({ bootstrap, username: maya.key, password: maya.secret })
  const groups = createGroupChanger(nodes)
  await groups.commitOffsets('live', [{ topic: 'orders', partition: 0, offset: 1 }])
  await groups.commitOffsets('live', [{ topic: 'orders', partition: 1, offset: 2 }])
  await groups.commitOffsets('a/simple one', [{ topic: 'orders', partition: 1, offset: 0 }])
  nodes.close()
  consumer = await join('live')
})
afterAll(async () => {
  await consumer.disconnect()
  await rest.close()
})

/** It never commits and never gets to read: what the group has committed stays. */
async function join(groupId: string): Promise<Consumer> {
  const joined = new Kafka({
    clientId: 'reader',
    brokers: broker.ports.map((port) => `127.0.0.1:${port}`),
    sasl: { mechanism: 'plain', username: maya.key, password: maya.secret },
    logLevel: logLevel.NOTHING,
  }).consumer({ groupId })
  const member = new Promise<string>((resolve) => {
    joined.on(joined.events.GROUP_JOIN, ({ payload }) => resolve(payload.memberId))
  })
  await joined.connect()
  await joined.subscribe({ topics: ['orders'] })
  await joined.run({ autoCommit: false, eachMessage: async () => {} })
  memberId = await member
  return joined
}

interface Row extends AskedRow {
  readonly status: number
  readonly answer: () => unknown
}

const notFound = () => ({ error_code: 404, message: 'HTTP 404 Not Found' })

const consumerOf = () => ({
  kind: 'KafkaConsumer',
  metadata: {
    self: `${live}/consumers/${memberId}`,
    resource_name: `crn:///kafka=${clusterId}/consumer-group=live/consumer=${memberId}`,
  },
  cluster_id: clusterId,
  consumer_group_id: 'live',
  consumer_id: memberId,
  instance_id: null,
  client_id: 'reader',
  assignments: { related: `${live}/consumers/${memberId}/assignments` },
})

const assignment = (partition: number) => ({
  kind: 'KafkaConsumerAssignment',
  metadata: {
    self: `${live}/consumers/${memberId}/assignments/orders/partitions/${partition}`,
    resource_name: `crn:///kafka=${clusterId}/consumer-group=live/consumer=${memberId}/assignment=orders/partition=${partition}`,
  },
  cluster_id: clusterId,
  consumer_group_id: 'live',
  consumer_id: memberId,
  topic_name: 'orders',
  partition_id: partition,
  partition: { related: `${here}/topics/orders/partitions/${partition}` },
  lag: { related: `${live}/lags/orders/partitions/${partition}` },
})

const lag = (partition: number, committed: number, end: number) => ({
  kind: 'KafkaConsumerLag',
  metadata: {
    self: `${live}/lags/orders/partitions/${partition}`,
    resource_name: `crn:///kafka=${clusterId}/consumer-group=live/lag=orders/partition=${partition}`,
  },
  cluster_id: clusterId,
  consumer_group_id: 'live',
  topic_name: 'orders',
  partition_id: partition,
  consumer_id: memberId,
  instance_id: null,
  client_id: 'reader',
  current_offset: committed,
  log_end_offset: end,
  lag: end - committed,
})

const group = () => ({
  kind: 'KafkaConsumerGroup',
  metadata: {
    self: live,
    resource_name: `crn:///kafka=${clusterId}/consumer-group=live`,
  },
  cluster_id: clusterId,
  consumer_group_id: 'live',
  is_simple: false,
  partition_assignor: 'RoundRobinAssigner',
  state: 'STABLE',
  type: 'CLASSIC',
  is_mixed_consumer_group: false,
  coordinator: { related: expect.stringMatching(/\/brokers\/[123]$/) },
  consumers: { related: `${live}/consumers` },
  lag_summary: { related: `${live}/lag-summary` },
})

const simple = () =>
  expect.objectContaining({
    consumer_group_id: 'a/simple one',
    is_simple: true,
    state: 'EMPTY',
    lag_summary: { related: `${here}/consumer-groups/a%2Fsimple%20one/lag-summary` },
  })

const rows: Readonly<Record<string, Row>> = {
  'all groups': {
    path: '/consumer-groups',
    status: 200,
    answer: () => ({
      kind: 'KafkaConsumerGroupList',
      metadata: { self: `${here}/consumer-groups`, next: null },
      data: [simple(), group()],
    }),
  },
  'a group with a member': { path: '/consumer-groups/live', status: 200, answer: group },
  'a group of offsets only, whatever it is called': {
    path: '/consumer-groups/a%2Fsimple%20one',
    status: 200,
    answer: simple,
  },
  'a group that is not there': {
    path: '/consumer-groups/nobody',
    status: 404,
    answer: notFound,
  },
  'the members of a group': {
    path: '/consumer-groups/live/consumers',
    status: 200,
    answer: () => ({
      kind: 'KafkaConsumerList',
      metadata: { self: `${live}/consumers`, next: null },
      data: [consumerOf()],
    }),
  },
  'a member that is not there': {
    path: '/consumer-groups/live/consumers/nobody',
    status: 404,
    answer: notFound,
  },
  'the lag of every partition': {
    path: '/consumer-groups/live/lags',
    status: 200,
    answer: () => ({
      kind: 'KafkaConsumerLagList',
      metadata: { self: `${live}/lags`, next: null },
      data: [lag(0, 1, 5), lag(1, 2, 2)],
    }),
  },
  'the lag of one partition': {
    path: '/consumer-groups/live/lags/orders/partitions/0',
    status: 200,
    answer: () => lag(0, 1, 5),
  },
  'the lag of a partition that is not there': {
    path: '/consumer-groups/live/lags/orders/partitions/7',
    status: 404,
    answer: notFound,
  },
  'the lag of a partition that nobody reads': {
    path: '/consumer-groups/a%2Fsimple%20one/lags/orders/partitions/1',
    status: 200,
    answer: () =>
      expect.objectContaining({ consumer_id: '', instance_id: null, client_id: '', lag: 2 }),
  },
  'the lag of the whole group': {
    path: '/consumer-groups/live/lag-summary',
    status: 200,
    answer: () => ({
      kind: 'KafkaConsumerGroupLagSummary',
      metadata: {
        self: `${live}/lag-summary`,
        resource_name: `crn:///kafka=${clusterId}/consumer-group=live`,
      },
      cluster_id: clusterId,
      consumer_group_id: 'live',
      max_lag_consumer_id: memberId,
      max_lag_instance_id: null,
      max_lag_client_id: 'reader',
      max_lag_topic_name: 'orders',
      max_lag_partition_id: 0,
      max_lag: 4,
      total_lag: 4,
      max_lag_consumer: { related: `${live}/consumers/${memberId}` },
      max_lag_partition: { related: `${here}/topics/orders/partitions/0` },
    }),
  },
  'the lag of a group that is not there': {
    path: '/consumer-groups/nobody/lag-summary',
    status: 404,
    answer: notFound,
  },
  'a group is not deleted here': {
    method: 'DELETE',
    path: '/consumer-groups/live',
    status: 405,
    answer: () => ({ error_code: 405, message: 'HTTP 405 Method Not Allowed' }),
  },
}

test.each(Object.entries(rows))('%s', async (_name, { status, answer, ...asked }) => {
  const found = await ask(rest, asked)
  expect(found.body).toEqual(answer())
  expect(found.status).toBe(status)
})

test('a member tells what it was assigned, and each of it where it is', async () => {
  const path = `/consumer-groups/live/consumers/${memberId}`
  expect((await ask(rest, { path })).body).toEqual(consumerOf())
  const { body } = await ask(rest, { path: `${path}/assignments` })
  expect(body).toEqual({
    kind: 'KafkaConsumerAssignmentList',
    metadata: { self: `${live}/consumers/${memberId}/assignments`, next: null },
    data: [assignment(0), assignment(1)],
  })
  const one = await ask(rest, { path: `${path}/assignments/orders/partitions/1` })
  expect(one.body).toEqual(assignment(1))
  const none = await ask(rest, { path: `${path}/assignments/orders/partitions/2` })
  expect(none.status).toBe(404)
})
