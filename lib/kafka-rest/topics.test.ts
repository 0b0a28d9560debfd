import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBroker } from '../../broker/index.ts'
import {
  type AskedRow,
  ask,
  clusterId,
  ownCluster,
  type RestUnderTest,
  startRest,
} from './rest-for-tests.ts'

const topics = [
  { name: 'orders', partitions: 2, config: { 'retention.ms': '3600000' } },
  { name: 'grows', partitions: 2 },
  { name: 'goes', partitions: 1 },
]
const here = `http://rest/kafka/v3/clusters/${clusterId}`
let rest: RestUnderTest

beforeAll(async () => {
  rest = await startRest(await startBroker({ clusters: [{ ...ownCluster, topics }], log }))
})
afterAll(() => rest.close())

function log() {}

function topicResource(name: string, partitions: number) {
  return {
    kind: 'KafkaTopic',
    metadata: {
      self: `${here}/topics/${name}`,
      resource_name: `crn:///kafka=${clusterId}/topic=${name}`,
    },
    cluster_id: clusterId,
    topic_name: name,
    is_internal: false,
    replication_factor: 3,
    partitions_count: partitions,
    partitions: { related: `${here}/topics/${name}/partitions` },
    configs: { related: `${here}/topics/${name}/configs` },
    partition_reassignments: { related: `${here}/topics/${name}/partitions/-/reassignment` },
  }
}

/** Who leads is the broker's choice. */
function partitionResource(name: string, partition: number) {
  const self = `${here}/topics/${name}/partitions/${partition}`
  return {
    kind: 'KafkaPartition',
    metadata: {
      self,
      resource_name: `crn:///kafka=${clusterId}/topic=${name}/partition=${partition}`,
    },
    cluster_id: clusterId,
    topic_name: name,
    partition_id: partition,
    leader: { related: expect.stringMatching(/\/replicas\/[123]$/) },
    replicas: { related: `${self}/replicas` },
    reassignment: { related: `${self}/reassignment` },
  }
}

const notHosted = {
  error_code: 40403,
  message: 'This server does not host this topic-partition.',
}
const notFound = { error_code: 404, message: 'HTTP 404 Not Found' }

interface Row extends AskedRow {
  readonly status: number
  /** The whole answer. */
  readonly answer: unknown
}

const rows: Readonly<Record<string, Row>> = {
  'a topic is described': {
    path: '/topics/orders',
    status: 200,
    answer: topicResource('orders', 2),
  },
  'a topic that is not there is refused in Kafka’s words': {
    path: '/topics/nowhere',
    status: 404,
    answer: notHosted,
  },
  'a topic is created with what was asked': {
    method: 'POST',
    path: '/topics',
    body: {
      topic_name: 'created',
      partitions_count: 3,
      replication_factor: 3,
      configs: [{ name: 'cleanup.policy', value: 'delete' }],
    },
    status: 201,
    answer: topicResource('created', 3),
  },
  'a topic without a number of partitions has six': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'by-default' },
    status: 201,
    answer: topicResource('by-default', 6),
  },
  'a dry run answers as a creation would': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'only-asked', partitions_count: 4, validate_only: true },
    status: 200,
    answer: topicResource('only-asked', 4),
  },
  'a name that is taken': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'orders' },
    status: 400,
    answer: { error_code: 40002, message: "Topic 'orders' already exists." },
  },
  'more replicas than brokers': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'wide', replication_factor: 4 },
    status: 400,
    answer: {
      error_code: 40002,
      message: 'Replication factor: 4 larger than available brokers: 3.',
    },
  },
  'a config below its limit': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'small', configs: [{ name: 'segment.bytes', value: '1' }] },
    status: 400,
    answer: {
      error_code: 40002,
      message: "Config property 'segment.bytes' with value '1' exceeded min limit of 52428800.",
    },
  },
  'a config that does not exist': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'odd', configs: [{ name: 'foo', value: '1' }] },
    status: 400,
    answer: { error_code: 40002, message: 'Unknown topic config name: foo' },
  },
  'a name that Kafka does not take': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'no spaces' },
    status: 400,
    answer: { error_code: 40002, message: expect.stringContaining('Topic name is invalid') },
  },
  'a topic without a name': {
    method: 'POST',
    path: '/topics',
    body: { partitions_count: 1 },
    status: 400,
    answer: { error_code: 400, message: expect.stringContaining('topic_name') },
  },
  'a number of partitions that is none': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'many', partitions_count: 'A' },
    status: 400,
    answer: { error_code: 400, message: expect.stringContaining('partitions_count') },
  },
  'a field that is not known': {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'typed', partition_count: 2 },
    status: 400,
    answer: {
      error_code: 400,
      message: 'Bad Request: Unrecognized field "partition_count".',
    },
  },
  'a body that is no JSON': {
    method: 'POST',
    path: '/topics',
    body: '{"topic_name":',
    status: 400,
    answer: { error_code: 400, message: expect.stringContaining('this is no JSON') },
  },
  'an empty body': {
    method: 'POST',
    path: '/topics',
    body: '',
    status: 422,
    answer: {
      error_code: 422,
      message: 'Payload error. Request body is empty. Data is required.',
    },
  },
  'a body of another type': {
    method: 'POST',
    path: '/topics',
    body: 'topic_name=form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    answer: { error_code: 415, message: 'HTTP 415 Unsupported Media Type' },
  },
  'a body without end': {
    method: 'POST',
    path: '/topics',
    body: `{"topic_name":"${'x'.repeat(1_100_000)}"}`,
    status: 413,
    answer: { error_code: 413, message: expect.stringContaining('larger than the maximum') },
  },
  'a topic gets more partitions': {
    method: 'PATCH',
    path: '/topics/grows',
    body: { partitions_count: 5 },
    status: 200,
    answer: topicResource('grows', 5),
  },
  'as many partitions as there are': {
    method: 'PATCH',
    path: '/topics/orders',
    body: { partitions_count: 2 },
    status: 400,
    answer: { error_code: 40002, message: 'Topic already has 2 partitions.' },
  },
  'partitions of a topic that is not there': {
    method: 'PATCH',
    path: '/topics/nowhere',
    body: { partitions_count: 2 },
    status: 404,
    answer: notHosted,
  },
  'a topic is deleted': { method: 'DELETE', path: '/topics/goes', status: 204, answer: '' },
  'deleting a topic that is not there': {
    method: 'DELETE',
    path: '/topics/nowhere',
    status: 404,
    answer: notHosted,
  },
  'a method that topics do not know': {
    method: 'PUT',
    path: '/topics/orders',
    body: {},
    status: 405,
    answer: { error_code: 405, message: 'HTTP 405 Method Not Allowed' },
  },
  'a path that nothing is at': { path: '/topics/orders/nothing', status: 404, answer: notFound },
  'the partitions of a topic': {
    path: '/topics/orders/partitions',
    status: 200,
    answer: {
      kind: 'KafkaPartitionList',
      metadata: { self: `${here}/topics/orders/partitions`, next: null },
      data: [partitionResource('orders', 0), partitionResource('orders', 1)],
    },
  },
  'one partition': {
    path: '/topics/orders/partitions/1',
    status: 200,
    answer: partitionResource('orders', 1),
  },
  'a partition that is not there': {
    path: '/topics/orders/partitions/2',
    status: 404,
    answer: notFound,
  },
  'a partition that is no number': {
    path: '/topics/orders/partitions/one',
    status: 404,
    answer: notFound,
  },
  'where a partition begins and ends': {
    path: '/topics/orders/partitions/0/offset',
    status: 200,
    answer: {
      kind: 'KafkaPartitionWithOffsets',
      metadata: {
        self: `${here}/topics/orders/partitions/0/offset`,
        resource_name: `crn:///kafka=${clusterId}/topic=orders/partition=0`,
      },
      cluster_id: clusterId,
      topic_name: 'orders',
      partition_id: 0,
      earliest_offset: 0,
      latest_offset: 0,
    },
  },
  'a replica': {
    path: '/topics/orders/partitions/0/replicas/2',
    status: 200,
    answer: {
      kind: 'KafkaReplica',
      metadata: {
        self: `${here}/topics/orders/partitions/0/replicas/2`,
        resource_name: `crn:///kafka=${clusterId}/topic=orders/partition=0/replica=2`,
      },
      cluster_id: clusterId,
      topic_name: 'orders',
      partition_id: 0,
      broker_id: 2,
      is_leader: expect.any(Boolean),
      is_in_sync: true,
      broker: { related: `${here}/brokers/2` },
    },
  },
  'moves of all replicas': {
    path: '/topics/-/partitions/-/reassignment',
    status: 200,
    answer: {
      kind: 'KafkaReassignmentList',
      metadata: { self: `${here}/topics/-/partitions/-/reassignment`, next: null },
      data: [],
    },
  },
  'moves of a topic’s replicas': {
    path: '/topics/orders/partitions/-/reassignment',
    status: 200,
    answer: {
      kind: 'KafkaReassignmentList',
      metadata: { self: `${here}/topics/orders/partitions/-/reassignment`, next: null },
      data: [],
    },
  },
  'moves of replicas of a topic that is not there': {
    path: '/topics/nowhere/partitions/-/reassignment',
    status: 404,
    answer: notHosted,
  },
  'the move of a partition that is not moved': {
    path: '/topics/orders/partitions/0/reassignment',
    status: 404,
    answer: notFound,
  },
}

test.each(Object.entries(rows))('%s', async (_name, { status, answer, ...asked }) => {
  const found = await ask(rest, asked)
  expect(found.body).toEqual(answer)
  expect(found.status).toBe(status)
})

test('what was created is listed, where it says it is, and gone once it is deleted', async () => {
  const created = await ask(rest, {
    method: 'POST',
    path: '/topics',
    body: { topic_name: 'rides', partitions_count: 1 },
  })
  expect(created.headers.get('location')).toBe(
    `${rest.url}/kafka/v3/clusters/${clusterId}/topics/rides`,
  )
  expect(await listedNames()).toContain('rides')
  expect((await ask(rest, { method: 'DELETE', path: '/topics/rides' })).status).toBe(204)
  expect(await listedNames()).not.toContain('rides')
  expect(await listedNames()).not.toContain('only-asked')
})

test('one replica leads, and it is the one that the partition names', async () => {
  const { body: partition } = await ask(rest, { path: '/topics/orders/partitions/0' })
  const { body: replicas } = await ask(rest, { path: '/topics/orders/partitions/0/replicas' })
  const leading = { broker_id: expect.any(Number), is_leader: true }
  const following = { broker_id: expect.any(Number), is_leader: false }
  expect(replicas).toMatchObject({ kind: 'KafkaReplicaList', data: expect.any(Array) })
  expect(ordered(replicas)).toMatchObject([following, following, leading])
  const leader = ordered(replicas).at(-1)?.broker_id
  const related = `${here}/topics/orders/partitions/0/replicas/${leader}`
  expect(partition).toMatchObject({ leader: { related } })
})

interface Replica {
  readonly broker_id: number
  readonly is_leader: boolean
}

/** The leader last. */
function ordered(list: unknown): readonly Replica[] {
  // What the test has just compared with the shape of such a list.
  const { data } = list as { readonly data: readonly Replica[] }
  return [...data].sort((a, b) => Number(a.is_leader) - Number(b.is_leader))
}

async function listedNames(): Promise<unknown> {
  const { body } = await ask(rest, { path: '/topics' })
  expect(body).toMatchObject({
    kind: 'KafkaTopicList',
    metadata: { self: `${here}/topics`, next: null },
  })
  return JSON.stringify(body)
}
