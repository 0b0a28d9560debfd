// The `admin` command with kafkajs.
import kafkajs from 'kafkajs'
import { partitionsOf, serveAdmin } from '../admin-steps.mjs'

// Of these Node.js does not see the names in a CommonJS module.
const { AssignerProtocol, ConfigResourceTypes } = kafkajs

export async function administer(kafka) {
  // It tries again what was refused, with growing patience.
  const admin = kafka.admin({ retry: { retries: 1 } })
  await admin.connect()
  await serveAdmin({ ...topicSteps(admin), ...offsetSteps(admin), ...groupSteps(admin) }, codeOf)
  await admin.disconnect()
}

/** What was refused stands somewhere below what is thrown. */
function codeOf(error) {
  if (typeof error?.code === 'number') return error.code
  const inner = [error?.cause, ...(error?.errors ?? []), ...(error?.groups ?? [])]
  return inner.map((each) => each && (each.errorCode ?? codeOf(each))).find(Number.isInteger)
}

function topicSteps(admin) {
  return {
    async createTopic({ topic, partitions, configs }) {
      const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
      const created = await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, replicationFactor: -1, configEntries }],
      })
      // A topic that is there already is not an error to this library.
      if (!created) throw Object.assign(new Error('It is there already'), { code: 36 })
    },
    async createPartitions({ topic, partitions }) {
      await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] })
    },
    deleteTopic: ({ topic }) => admin.deleteTopics({ topics: [topic] }),
    listTopics: () => admin.listTopics(),
    async describeTopic({ topic }) {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      return topics[0].partitions.map(({ partitionId, leader, replicas, isr }) => ({
        partition: partitionId,
        leader,
        replicas,
        isr,
      }))
    },
    async describeCluster() {
      const { clusterId, brokers } = await admin.describeCluster()
      return {
        clusterId,
        nodes: brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
      }
    },
    async describeConfigs({ topic }) {
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic }]
      const { resources: described } = await admin.describeConfigs({ resources })
      return Object.fromEntries(
        described[0].configEntries.map(({ configName, configValue }) => [configName, configValue]),
      )
    },
    async alterConfigs({ topic, configs }) {
      const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }]
      await admin.alterConfigs({ validateOnly: false, resources })
    },
  }
}

function offsetSteps(admin) {
  return {
    async listOffsets(request) {
      const { topic, at } = request
      const asked =
        at === 'earliest' || at === 'latest'
          ? await admin.fetchTopicOffsets(topic)
          : await admin.fetchTopicOffsetsByTimestamp(topic, Number(at))
      return partitionsOf(request).map((partition) => {
        const found = asked.find((each) => each.partition === partition)
        return Number(at === 'earliest' ? found.low : found.offset)
      })
    },
    // It does not tell the low watermark that it is answered.
    deleteRecords: ({ topic, partition, offset }) =>
      admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: `${offset}` }] }),
  }
}

function groupSteps(admin) {
  return {
    async listGroups() {
      const { groups } = await admin.listGroups()
      return groups.map(({ groupId }) => groupId)
    },
    async describeGroup({ group }) {
      const { groups } = await admin.describeGroups([group])
      const { state, members } = groups[0]
      return { state, members: members.map(describeMember) }
    },
    async listGroupOffsets(request) {
      const [topic] = await admin.fetchOffsets({ groupId: request.group, topics: [request.topic] })
      return partitionsOf(request).map((partition) =>
        Number(topic.partitions.find((each) => each.partition === partition).offset),
      )
    },
    alterGroupOffsets: ({ group, topic, offsets }) =>
      admin.setOffsets({
        groupId: group,
        topic,
        partitions: offsets.map((offset, partition) => ({ partition, offset: `${offset}` })),
      }),
    async deleteGroup({ group }) {
      await admin.deleteGroups([group])
    },
  }
}

function describeMember({ clientId, memberAssignment }) {
  const assigned = AssignerProtocol.MemberAssignment.decode(memberAssignment)
  return { clientId, partitions: Object.values(assigned?.assignment ?? {}).flat() }
}
