import type { Prisma } from '../../../prisma/broker/generated/client.ts'
import { StorageFailure } from '../failure.ts'
import type { NewTopic, TopicRecord } from '../storage.ts'
import type { BrokerDatabase } from './databases.ts'

/** All topics or none, with their partitions. */
export async function createTopics(
  client: BrokerDatabase['client'],
  topics: readonly NewTopic[],
): Promise<TopicRecord[]> {
  return client.$transaction(async (transaction) => {
    const records: TopicRecord[] = []
    for (const { partitionCount, ...topic } of topics) {
      await transaction.topic.create({ data: { ...topic, config: JSON.stringify(topic.config) } })
      const partitionIds = await insertPartitions(transaction, topic.id, 0, partitionCount)
      records.push({ ...topic, partitionIds })
    }
    return records
  })
}

export async function addPartitions(
  client: BrokerDatabase['client'],
  topicId: string,
  count: number,
): Promise<number[]> {
  return client.$transaction(async (transaction) => {
    const topic = await transaction.topic.findUnique({ where: { id: topicId } })
    if (topic === null) throw absentTopic(topicId)
    const first = await transaction.partition.count({ where: { topicId } })
    return insertPartitions(transaction, topicId, first, count)
  })
}

export async function putTopicConfig(
  client: BrokerDatabase['client'],
  topicId: string,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  const { count } = await client.topic.updateMany({
    where: { id: topicId },
    data: { config: JSON.stringify(config) },
  })
  if (count === 0) throw absentTopic(topicId)
}

/** One statement for any number of partitions; resolves with their surrogate ids in order. */
async function insertPartitions(
  transaction: Prisma.TransactionClient,
  topicId: string,
  first: number,
  count: number,
): Promise<number[]> {
  await transaction.$executeRaw`
    WITH RECURSIVE numbers (number) AS (
      SELECT ${first} WHERE ${count} > 0
      UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < ${first + count})
    INSERT INTO partition (topic_id, number)
    SELECT ${topicId}, CAST(number AS INTEGER) FROM numbers`
  const rows = await transaction.partition.findMany({
    where: { topicId, number: { gte: first } },
    orderBy: { number: 'asc' },
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

function absentTopic(topicId: string): StorageFailure {
  return new StorageFailure('CONSTRAINT', `There is no topic ${topicId}.`)
}
