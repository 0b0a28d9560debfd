import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrokerOptions, startBroker } from '../../broker/index.ts'
import {
  type AskedRow,
  ask,
  clusterId,
  ownCluster,
  type RestUnderTest,
  startRest,
} from './rest-for-tests.ts'

const clusters: BrokerOptions['clusters'] = [
  {
    ...ownCluster,
    topics: [
      { name: 'orders', partitions: 1, config: { 'retention.ms': '3600000' } },
      { name: 'changes', partitions: 1, config: { 'segment.ms': '14400000' } },
    ],
  },
]
const here = `http://rest/kafka/v3/clusters/${clusterId}`
let rest: RestUnderTest

beforeAll(async () => {
  rest = await startRest(await startBroker({ clusters, log: () => {} }))
})
afterAll(() => rest.close())

const retention = {
  kind: 'KafkaTopicConfig',
  metadata: {
    self: `${here}/topics/orders/configs/retention.ms`,
    resource_name: `crn:///kafka=${clusterId}/topic=orders/config=retention.ms`,
  },
  cluster_id: clusterId,
  topic_name: 'orders',
  name: 'retention.ms',
  value: '3600000',
  is_default: false,
  is_read_only: false,
  is_sensitive: false,
  source: 'DYNAMIC_TOPIC_CONFIG',
  synonyms: [
    { name: 'retention.ms', value: '3600000', source: 'DYNAMIC_TOPIC_CONFIG' },
    { name: 'log.retention.ms', value: '604800000', source: 'DEFAULT_CONFIG' },
  ],
}

const brokerPartitions = {
  name: 'num.partitions',
  value: '6',
  is_default: false,
  is_read_only: true,
  is_sensitive: false,
  source: 'STATIC_BROKER_CONFIG',
  synonyms: [{ name: 'num.partitions', value: '6', source: 'STATIC_BROKER_CONFIG' }],
}

const notHosted = {
  error_code: 40403,
  message: 'This server does not host this topic-partition.',
}

interface Row extends AskedRow {
  readonly status: number
  readonly answer: unknown
}

function alter(path: string, body: object | string, status: number, answer: unknown): Row {
  return { method: 'POST', path: `${path}:alter`, body, status, answer }
}

const changes = '/topics/changes/configs'

const rows: Readonly<Record<string, Row>> = {
  'a config that was set on the topic': {
    path: '/topics/orders/configs/retention.ms',
    status: 200,
    answer: retention,
  },
  'a config of this service’s own': {
    path: '/topics/orders/configs/max.message.bytes',
    status: 200,
    answer: expect.objectContaining({
      value: '2097164',
      is_default: false,
      source: 'STATIC_BROKER_CONFIG',
    }),
  },
  'a config that nobody set': {
    path: '/topics/orders/configs/cleanup.policy',
    status: 200,
    answer: expect.objectContaining({
      value: 'delete',
      is_default: true,
      source: 'DEFAULT_CONFIG',
    }),
  },
  'a config that does not exist': {
    path: '/topics/orders/configs/foo',
    status: 404,
    answer: {
      error_code: 404,
      message: `Config foo cannot be found for TOPIC orders in cluster ${clusterId}.`,
    },
  },
  'configs of a topic that is not there': {
    path: '/topics/nowhere/configs',
    status: 404,
    answer: notHosted,
  },
  'what would hold without the topic’s own': {
    path: '/topics/orders/default-configs',
    status: 200,
    answer: expect.objectContaining({
      kind: 'KafkaTopicConfigList',
      data: expect.arrayContaining([
        {
          ...retention,
          value: '604800000',
          is_default: true,
          source: 'DEFAULT_CONFIG',
          synonyms: [{ name: 'log.retention.ms', value: '604800000', source: 'DEFAULT_CONFIG' }],
        },
      ]),
    }),
  },
  'a value that is none': {
    method: 'PUT',
    path: `${changes}/retention.ms`,
    body: { value: 'abc' },
    status: 400,
    answer: { error_code: 40002, message: expect.stringContaining('abc') },
  },
  'a value beyond its limit': {
    method: 'PUT',
    path: `${changes}/segment.bytes`,
    body: { value: '1' },
    status: 400,
    answer: {
      error_code: 40002,
      message: "Config property 'segment.bytes' with value '1' exceeded min limit of 52428800.",
    },
  },
  'a config that is unknown where it would be set': {
    method: 'PUT',
    path: `${changes}/foo`,
    body: { value: '1' },
    status: 404,
    answer: {
      error_code: 404,
      message: `Config foo cannot be found for TOPIC changes in cluster ${clusterId}.`,
    },
  },
  'a value without a body': {
    method: 'PUT',
    path: `${changes}/retention.ms`,
    status: 422,
    answer: {
      error_code: 422,
      message: 'Payload error. Request body is empty. Data is required.',
    },
  },
  'several changes, of which one is unknown': alter(
    changes,
    { data: [{ name: 'foo', value: '1' }] },
    404,
    { error_code: 404, message: expect.stringContaining('Config foo cannot be found') },
  ),
  'an operation that does not exist': alter(
    changes,
    { data: [{ name: 'retention.ms', value: '1', operation: 'APPEND' }] },
    400,
    { error_code: 400, message: expect.stringContaining('operation') },
  ),
  'a change of nothing': alter(changes, {}, 400, {
    error_code: 400,
    message: expect.stringContaining('data'),
  }),
  'the defaults of all brokers': {
    path: '/broker-configs/num.partitions',
    status: 200,
    answer: {
      kind: 'KafkaClusterConfig',
      metadata: {
        self: `${here}/broker-configs/num.partitions`,
        resource_name: `crn:///kafka=${clusterId}/broker-config=num.partitions`,
      },
      cluster_id: clusterId,
      config_type: 'BROKER',
      ...brokerPartitions,
    },
  },
  'a config of one broker': {
    path: '/brokers/2/configs/num.partitions',
    status: 200,
    answer: {
      kind: 'KafkaBrokerConfig',
      metadata: {
        self: `${here}/brokers/2/configs/num.partitions`,
        resource_name: `crn:///kafka=${clusterId}/broker=2/config=num.partitions`,
      },
      cluster_id: clusterId,
      broker_id: 2,
      ...brokerPartitions,
    },
  },
  'a config of a broker that is not there': {
    path: '/brokers/9/configs',
    status: 404,
    answer: { error_code: 404, message: 'Broker 9 cannot be found.' },
  },
  'a broker’s config is not a tenant’s to change': {
    method: 'PUT',
    path: '/broker-configs/num.partitions',
    body: { value: '7' },
    status: 400,
    answer: {
      error_code: 40002,
      message: "Altering config property 'num.partitions' is disallowed.",
    },
  },
  'nor several': alter(
    '/broker-configs',
    { data: [{ name: 'log.retention.ms', operation: 'DELETE' }] },
    400,
    {
      error_code: 40002,
      message: "Altering config property 'log.retention.ms' is disallowed.",
    },
  ),
  'a broker': {
    path: '/brokers/3',
    status: 200,
    answer: {
      kind: 'KafkaBroker',
      metadata: {
        self: `${here}/brokers/3`,
        resource_name: `crn:///kafka=${clusterId}/broker=3`,
      },
      cluster_id: clusterId,
      broker_id: 3,
      host: 'localhost',
      port: expect.any(Number),
      rack: null,
      configs: { related: `${here}/brokers/3/configs` },
      partition_replicas: { related: `${here}/brokers/3/partition-replicas` },
    },
  },
  'a broker that is not there': {
    path: '/brokers/0',
    status: 404,
    answer: { error_code: 404, message: 'Broker 0 cannot be found.' },
  },
  'access rules, of which there are none': {
    path: '/acls',
    status: 200,
    answer: { kind: 'KafkaAclList', metadata: { self: `${here}/acls`, next: null }, data: [] },
  },
  'an access rule is refused as a Kafka without them does': {
    method: 'POST',
    path: '/acls',
    body: {},
    status: 400,
    answer: { error_code: 40002, message: expect.stringContaining('no access rules') },
  },
}

test.each(Object.entries(rows))('%s', async (_name, { status, answer, ...asked }) => {
  const found = await ask(rest, asked)
  expect(found.body).toEqual(answer)
  expect(found.status).toBe(status)
})

interface Config {
  readonly topic_name: string
  readonly name: string
  readonly value: string
  readonly source: string
}

async function setOn(path: string): Promise<Readonly<Record<string, string>>> {
  const { body } = await ask(rest, { path })
  expect(body).toMatchObject({ kind: 'KafkaTopicConfigList', data: expect.any(Array) })
  // What has just been compared with the shape of such a list.
  const { data } = body as { readonly data: readonly Config[] }
  const set = data.filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG')
  return Object.fromEntries(
    set.map((config) => [`${config.topic_name} ${config.name}`, config.value]),
  )
}

test('a topic reads back as set on it what its creation named, and nothing else', async () => {
  const configs = [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'max.message.bytes', value: '2097164' },
  ]
  const body = { topic_name: 'planned', partitions_count: 6, configs }
  expect((await ask(rest, { method: 'POST', path: '/topics', body })).status).toBe(201)
  // The values are the defaults: what Terraform set it has to find again all the same.
  expect(await setOn('/topics/planned/configs')).toEqual({
    'planned cleanup.policy': 'delete',
    'planned max.message.bytes': '2097164',
  })
})

test('configs are set, altered together, only tried, and taken back', async () => {
  const put = { method: 'PUT', path: `${changes}/retention.ms`, body: { value: '7200000' } }
  expect((await ask(rest, put)).status).toBe(204)
  const two = [
    { name: 'retention.ms', value: '10800000' },
    { name: 'segment.ms', operation: 'DELETE' },
  ]
  const together = { method: 'POST', path: `${changes}:alter`, body: { data: two } }
  const tried = { ...together, body: { data: two, validate_only: true } }
  expect((await ask(rest, tried)).status).toBe(204)
  expect(await setOn(changes)).toEqual({
    'changes retention.ms': '7200000',
    'changes segment.ms': '14400000',
  })
  expect((await ask(rest, together)).status).toBe(204)
  expect(await setOn('/topics/-/configs')).toMatchObject({
    'changes retention.ms': '10800000',
    'orders retention.ms': '3600000',
  })
  const taken = { method: 'DELETE', path: `${changes}/retention.ms` }
  expect((await ask(rest, taken)).status).toBe(204)
  expect(await setOn(changes)).toEqual({})
})

test('changes that are refused together leave everything as it was', async () => {
  const before = await setOn('/topics/orders/configs')
  const data = [
    { name: 'retention.ms', value: '7200000' },
    { name: 'segment.bytes', value: '1' },
  ]
  const refused = await ask(rest, {
    method: 'POST',
    path: '/topics/orders/configs:alter',
    body: { data },
  })
  expect(refused.status).toBe(400)
  expect(await setOn('/topics/orders/configs')).toEqual(before)
})

test('brokers are listed with every replica that they hold', async () => {
  const { body } = await ask(rest, { path: '/brokers' })
  expect(body).toMatchObject({
    kind: 'KafkaBrokerList',
    data: [{ broker_id: 1 }, { broker_id: 2 }, { broker_id: 3 }],
  })
  const replicas = await ask(rest, { path: '/brokers/1/partition-replicas' })
  expect(replicas.body).toMatchObject({
    kind: 'KafkaReplicaList',
    data: expect.arrayContaining([
      expect.objectContaining({ kind: 'KafkaReplica', topic_name: 'orders', broker_id: 1 }),
    ]),
  })
  const every = await ask(rest, { path: '/brokers/-/configs' })
  expect(every.body).toMatchObject({ kind: 'KafkaBrokerConfigList' })
  expect(JSON.stringify(every.body).match(/"name":"num\.partitions","value"/g)).toHaveLength(6)
})
