// The `admin` command with @platformatic/kafka.
import {
  Admin,
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
} from '@platformatic/kafka'
import { partitionsOf, serveAdmin } from '../admin-steps.mjs'

export async function administer(connection) {
  const admin = new Admin(connection)
  await serveAdmin({ ...topicSteps(admin), ...offsetSteps(admin), ...groupSteps(admin) }, codeOf)
  await admin.close()
}

/** What was refused stands somewhere below what is thrown. */
function codeOf(error) {
  if (typeof error?.apiCode === 'number') return error.apiCode
  for (const inner of error?.errors ?? []) {
    const code = codeOf(inner)
    if (code !== undefined) return code
  }
  return error?.cause === undefined ? undefined : codeOf(error.cause)
}

function topicSteps(admin) {
  return {
    async createTopic({ topic, partitions, configs }) {
      const entries = Object.entries(configs).map(([name, value]) => ({ name, value }))
      await admin.createTopics({ topics: [topic], partitions, replicas: -1, configs: entries })
    },
    createPartitions: ({ topic, partitions }) =>
      admin.createPartitions({ topics: [{ name: topic, count: partitions, assignments: null }] }),
    deleteTopic: ({ topic }) => admin.deleteTopics({ topics: [topic] }),
    listTopics: () => admin.listTopics(),
    async describeTopic({ topic }) {
      const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true })
      return topics.get(topic).partitions.map(({ leader, replicas, isr }, partition) => ({
        partition,
        leader,
        replicas,
        isr,
      }))
    },
    async describeCluster() {
      const { id, brokers } = await admin.metadata({ topics: [], forceUpdate: true })
      const nodes = [...brokers].map(([nodeId, { host, port }]) => ({ id: nodeId, host, port }))
      return { clusterId: id, nodes }
    },
    async describeConfigs({ topic, names }) {
      const resource = {
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName: topic,
        configurationKeys: names,
      }
      const [{ configs }] = await admin.describeConfigs({ resources: [resource] })
      return Object.fromEntries(configs.map(({ name, value }) => [name, value]))
    },
    alterConfigs({ topic, configs }) {
      const changes = Object.entries(configs).map(([name, value]) => ({
        name,
        value,
        configOperation: IncrementalAlterConfigOperationTypes.SET,
      }))
      const resource = {
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName: topic,
        configs: changes,
      }
      return admin.incrementalAlterConfigs({ resources: [resource] })
    },
  }
}

const times = { earliest: -2n, latest: -1n }

function offsetSteps(admin) {
  return {
    async listOffsets(request) {
      const timestamp = times[request.at] ?? BigInt(request.at)
      const partitions = partitionsOf(request).map((partitionIndex) => ({
        partitionIndex,
        timestamp,
      }))
      const [topic] = await admin.listOffsets({ topics: [{ name: request.topic, partitions }] })
      return offsetsByPartition(request, topic.partitions, 'offset')
    },
    async deleteRecords({ topic, partition, offset }) {
      const before = [{ partition, offset: BigInt(offset) }]
      const [deleted] = await admin.deleteRecords({ topics: [{ name: topic, partitions: before }] })
      return Number(deleted.partitions[0].lowWatermark)
    },
  }
}

function groupSteps(admin) {
  return {
    listGroups: async () => [...(await admin.listGroups()).keys()],
    async describeGroup({ group }) {
      const { state, members } = (await admin.describeGroups({ groups: [group] })).get(group)
      return { state, members: [...members.values()].map(describeMember) }
    },
    async listGroupOffsets(request) {
      const topics = [{ name: request.topic, partitionIndexes: partitionsOf(request) }]
      const groups = [{ groupId: request.group, topics }]
      const [found] = await admin.listConsumerGroupOffsets({ groups })
      return offsetsByPartition(request, found.topics[0].partitions, 'committedOffset')
    },
    alterGroupOffsets({ group, topic, offsets }) {
      const partitionOffsets = offsets.map((offset, partition) => ({
        partition,
        offset: BigInt(offset),
      }))
      const topics = [{ name: topic, partitionOffsets }]
      return admin.alterConsumerGroupOffsets({ groupId: group, topics })
    },
    async deleteGroupOffsets({ group, topic, partition }) {
      const topics = [{ name: topic, partitionIndexes: [partition] }]
      await admin.deleteConsumerGroupOffsets({ groupId: group, topics })
    },
    deleteGroup: ({ group }) => admin.deleteGroups({ groups: [group] }),
  }
}

function describeMember({ clientId, assignments }) {
  return { clientId, partitions: [...assignments.values()].flatMap(({ partitions }) => partitions) }
}

function offsetsByPartition(request, found, field) {
  return partitionsOf(request).map((partition) =>
    Number(found.find(({ partitionIndex }) => partitionIndex === partition)[field]),
  )
}
