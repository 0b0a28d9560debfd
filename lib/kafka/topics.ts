import type { Admin } from '@platformatic/kafka'
import type { ClusterAdmin } from './cluster-client.ts'
import { fromLibrary } from './deadline.ts'
import type { Nodes } from './nodes.ts'
import { createPartitions, deleteAllRecords } from './topic-changes.ts'
import { alterTopicConfigs } from './topic-configs.ts'
import { describeTopic, listTopics } from './topic-metadata.ts'

/**
 * Topics of a cluster. `@platformatic/kafka` creates and deletes them; the rest is our own protocol,
 * because that library joins two CreatePartitions calls that run at once into one, whatever topics
 * they name, and takes two requests to list what one Metadata answer says.
 */
export function createTopicAdmin(admin: Admin, nodes: Nodes): ClusterAdmin {
  return {
    listTopics: () => listTopics(nodes),
    describeTopic: (name) => describeTopic(nodes, name),
    createTopic: ({ name, partitionCount, configs }) =>
      fromLibrary(
        admin.createTopics({
          topics: [name],
          partitions: partitionCount,
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        }),
      ).then(() => undefined),
    deleteTopic: (name) => fromLibrary(admin.deleteTopics({ topics: [name] })),
    alterTopicConfigs: (name, changes) => alterTopicConfigs(nodes, name, changes),
    createPartitions: (name, count) => createPartitions(nodes, name, count),
    deleteAllRecords: (name) => deleteAllRecords(nodes, name),
  }
}
