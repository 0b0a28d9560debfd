import type { CatalogueStore } from '../storage.ts'
import { deleteGroups, deleteOffsets, putGroups, putOffsets } from './catalogue-groups.ts'
import { loadCatalogue } from './catalogue-load.ts'
import { reserveProducerIds } from './catalogue-sequences.ts'
import { addPartitions, createTopics, putTopicConfig } from './catalogue-topics.ts'
import type { BrokerDatabase } from './databases.ts'

/** The catalogue over broker.db. What hangs on a deleted row goes with it by foreign keys. */
export function createCatalogueStore(database: BrokerDatabase): CatalogueStore {
  const { client } = database
  return {
    load: () => loadCatalogue(client),
    async putTenant({ id, type, limits, createdMs }) {
      const row = { type, limits: JSON.stringify(limits), createdMs }
      await client.tenant.upsert({ where: { id }, create: { id, ...row }, update: row })
    },
    async deleteTenant(tenantId) {
      await client.tenant.deleteMany({ where: { id: tenantId } })
    },
    async putApiKey({ key, tenantId, secretHash, createdMs }) {
      const row = { tenantId, secretHash: new Uint8Array(secretHash), createdMs }
      await client.apiKey.upsert({ where: { key }, create: { key, ...row }, update: row })
    },
    async deleteApiKey(key) {
      await client.apiKey.deleteMany({ where: { key } })
    },
    async putOpenListener({ tenantId, ...row }) {
      const create = { tenantId, ...row }
      await client.openListener.upsert({ where: { tenantId }, create, update: row })
    },
    createTopics: (topics) => createTopics(client, topics),
    addPartitions: (topicId, count) => addPartitions(client, topicId, count),
    async deleteTopics(topicIds) {
      await client.topic.deleteMany({ where: { id: { in: [...topicIds] } } })
    },
    putTopicConfig: (topicId, config) => putTopicConfig(client, topicId, config),
    putGroups: (groups) => putGroups(client, groups),
    deleteGroups: (tenantId, groupIds) => deleteGroups(client, tenantId, groupIds),
    putOffsets: (offsets) => putOffsets(client, offsets),
    deleteOffsets: (keys) => deleteOffsets(client, keys),
    reserveProducerIds: (count) => reserveProducerIds(database, count),
  }
}
