import { randomInt } from 'node:crypto'
import {
  Admin,
  type AdminOptions,
  compatibilityPartitioner,
  kGetConnection,
  type MessageToProduce,
  Producer,
  type ProducerOptions,
} from '@platformatic/kafka'
import { type ClusterAddress, clientId, dialledAddress } from './cluster-address.ts'
import type { ClusterClient } from './cluster-client.ts'
import { createGroupChanger } from './group-changes.ts'
import { createGroupReader } from './groups.ts'
import { createNodes } from './nodes.ts'
import { readOffsetsAtTime } from './offsets-at-time.ts'
import { readOffsets, readPartitionRange } from './partition-reads.ts'
import { type BytesProducer, produceRecord, produceRecords } from './produce.ts'
import { createTopicAdmin } from './topics.ts'
import { watchTopic } from './watch.ts'

/**
 * A client of one cluster. Admin and produce are `@platformatic/kafka`'s; reading without a group is
 * our own protocol over a socket, which that library does not offer.
 */
export function connectCluster(cluster: ClusterAddress): ClusterClient {
  const shared: AdminOptions = {
    clientId,
    bootstrapBrokers: [...cluster.bootstrap],
    sasl: { mechanism: 'PLAIN', username: cluster.username, password: cluster.password },
    ...(cluster.authority !== undefined && { tls: { ca: cluster.authority } }),
    connectTimeout: 5000,
    // A page asks two or three things one after another and must not hang with a broker that does.
    timeout: 6000,
    retries: 1,
    retryDelay: 300,
  }
  const admin = new Admin(shared)
  const producer: BytesProducer = new DiallingProducer(cluster, {
    ...shared,
    acks: -1,
    autocreateTopics: false,
    partitioner: asJavaClients,
  })
  const nodes = createNodes(cluster)
  return {
    admin: createTopicAdmin(admin, nodes),
    groups: createGroupReader(nodes),
    groupChanges: createGroupChanger(nodes),
    produce: (record) => produceRecord(producer, record),
    produceAll: (records) => produceRecords(producer, records),
    readOffsets: (topic) => readOffsets(nodes, topic),
    readOffsetsAtTime: (topic, timestampMs) => readOffsetsAtTime(nodes, topic, timestampMs),
    readPartitionRange: (range) => readPartitionRange(nodes, range),
    watch: (watch) => watchTopic(cluster, nodes, watch),
    async close() {
      nodes.close()
      await Promise.allSettled([admin.close(), producer.close()])
    },
  }
}

/** Topics are created and deleted over the bootstrap addresses; records go to nodes that Metadata names. */
class DiallingProducer extends Producer<Buffer, Buffer, Buffer, Buffer> {
  readonly #cluster: ClusterAddress

  constructor(cluster: ClusterAddress, options: ProducerOptions<Buffer, Buffer, Buffer, Buffer>) {
    super(options)
    this.#cluster = cluster
  }

  override [kGetConnection](...[told, callback]: Parameters<BytesProducer[typeof kGetConnection]>) {
    super[kGetConnection](dialledAddress(this.#cluster, told), callback)
  }
}

/**
 * Where a Java client would put a record. The library's default differs from it for keys (at 6
 * partitions, for one), and its compatible one puts every record without a key into partition 0.
 * The result is taken modulo the number of partitions.
 */
function asJavaClients(
  message: MessageToProduce<Buffer, Buffer, Buffer, Buffer>,
  key: Buffer | undefined,
): number {
  return Buffer.isBuffer(key) ? compatibilityPartitioner(message, key) : randomInt(2 ** 31)
}
