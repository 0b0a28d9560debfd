import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTurnstile } from '../support/turnstile.ts'
import { type Administration, administer } from './administration.ts'
import { type ClientCluster, openClientCluster } from './client-cluster.ts'
import { type Member, runClient, startMember } from './client-processes.ts'
import { type Client, clients, titled } from './client-table.ts'
import type { ClusterReader } from './cluster-reader.ts'
import { keyedRecords } from './keyed-records.ts'

// What each client's admin calls do, and what they are told, against what the suite reads itself.

const errors = {
  unknownTopicOrPartition: 3,
  topicAlreadyExists: 36,
  invalidPartitions: 37,
  invalidConfig: 40,
  nonEmptyGroup: 68,
  groupIdNotFound: 69,
}

let cluster: ClientCluster
let keyFile: string
let reader: ClusterReader

beforeAll(async () => {
  cluster = await openClientCluster()
  keyFile = cluster.keyFile
  reader = cluster.reader
})

afterAll(() => cluster?.close())

describe.each(titled(clients))('%s', (_title, client) => {
  const missing = !client.program.ok

  it.skipIf(missing)('creates, describes, changes and deletes topics', () =>
    withAdmin(client, async (admin) => {
      const topic = `${client.name}-topic`
      const configs = { 'retention.ms': '3600000', 'max.message.bytes': '65536' }
      await admin.does('createTopic', { topic, partitions: 3, configs })
      expect(await reader.partitions(topic)).toHaveLength(3)
      expect(await reader.configs(topic)).toMatchObject(configs)
      const again = { topic, partitions: 1, configs: {} }
      await admin.isRefused('createTopic', again, errors.topicAlreadyExists)

      await admin.reports('listTopics', {}, await reader.topics())
      await admin.reports('describeTopic', { topic }, await reader.partitions(topic))
      await describesCluster(admin)

      const names = Object.keys(configs)
      await admin.reportsAtLeast('describeConfigs', { topic, names }, configs)
      const changes = { 'retention.ms': '7200000', 'max.message.bytes': '131072' }
      await admin.does('alterConfigs', { topic, configs: changes })
      expect(await reader.configs(topic)).toMatchObject(changes)

      await admin.does('createPartitions', { topic, partitions: 5 })
      expect(await reader.partitions(topic)).toHaveLength(5)
      const fewer = { topic, partitions: 2 }
      await admin.isRefused('createPartitions', fewer, errors.invalidPartitions)

      await admin.does('deleteTopic', { topic })
      expect(await reader.topics()).not.toContain(topic)
      await admin.isRefused('deleteTopic', { topic }, errors.unknownTopicOrPartition)
    }),
  )

  it.skipIf(missing)('tells offsets, by time too, and deletes records', () =>
    withAdmin(client, async (admin) => {
      const topic = `${client.name}-offsets`
      const partitions = 3
      await admin.does('createTopic', { topic, partitions, configs: {} })
      await runClient(client, ['produce', keyFile, topic], keyedRecords(100))
      const middle = await reader.offsets(topic, -1)
      expect(middle.every((offset) => offset > 0)).toBe(true)
      const between = await nextMillisecond()
      await runClient(client, ['produce', keyFile, topic], keyedRecords(50))

      const at = (time: string) => ({ topic, partitions, at: time })
      await admin.reports('listOffsets', at('earliest'), [0, 0, 0])
      await admin.reports('listOffsets', at('latest'), await reader.offsets(topic, -1))
      await admin.reports('listOffsets', at(`${between}`), middle)

      const offset = middle[1] ?? 0
      await admin.does('deleteRecords', { topic, partition: 1, offset }, [offset, null])
      expect(await reader.offsets(topic, -2)).toEqual([0, offset, 0])
      await admin.reports('listOffsets', at('earliest'), [0, offset, 0])
      await admin.does('deleteTopic', { topic })
    }),
  )

  it.skipIf(missing)('lists, describes, rewinds and deletes groups', () =>
    withAdmin(client, async (admin) => {
      const topic = `${client.name}-read`
      const group = `${client.name}-readers`
      const partitions = 2
      const count = 100
      await admin.does('createTopic', { topic, partitions, configs: {} })
      await runClient(client, ['produce', keyFile, topic], keyedRecords(count))
      const ends = await reader.offsets(topic, -1)

      await withMember(client, topic, group, async (received) => {
        await received(count)
        await cluster.committed(group, topic, ends)
        await admin.reports('listGroups', {}, await reader.groups())
        const described = await reader.group(group)
        expect(described).toMatchObject({ state: 'Stable', members: [{ partitions: [0, 1] }] })
        await admin.reportsGroup(group, described)
        await admin.reports('listGroupOffsets', { group, topic, partitions }, ends)
        await admin.isRefused('deleteGroup', { group }, errors.nonEmptyGroup)
      })

      await admin.reportsGroup(group, { state: 'Empty', members: [] })
      const rewound = [ends[0] ?? 0, 5]
      await admin.does('alterGroupOffsets', { group, topic, partitions, offsets: rewound })
      expect(await reader.committed(group, topic, partitions)).toEqual(rewound)
      await withMember(client, topic, group, async (received) => {
        const again = await received((ends[1] ?? 0) - 5)
        expect(again.map((record) => [record.partition, record.offset])[0]).toEqual([1, 5])
        await cluster.committed(group, topic, ends)
      })

      await admin.does('deleteGroupOffsets', { group, topic, partition: 0 })
      expect(await reader.committed(group, topic, partitions)).toEqual([-1, ends[1]])
      await admin.does('deleteGroup', { group })
      expect(await reader.groups()).not.toContain(group)
      await admin.isRefused('deleteGroup', { group }, errors.groupIdNotFound)
      await admin.does('deleteTopic', { topic })
    }),
  )
})

async function describesCluster(admin: Administration) {
  const nodes = await reader.nodes()
  // Brokers are listed in any order, and not every library tells the cluster's id.
  const told = await admin.result('describeCluster', {})
  expect(told).toMatchObject({ nodes: expect.arrayContaining([...nodes]) })
  const { clusterId } = Object(told)
  if (clusterId !== undefined) expect(clusterId).toMatch(/^lkc-/)
}

/** Runs `use` with the client's admin calls; another client stands in for those that it has not. */
async function withAdmin(client: Client, use: (admin: Administration) => Promise<void>) {
  const admin = administer(client, keyFile)
  try {
    await use(admin)
  } finally {
    await admin.close()
  }
}

type Received = (count: number) => Promise<Member['records']>

async function withMember(
  client: Client,
  topic: string,
  group: string,
  use: (received: Received) => Promise<void>,
) {
  const turnstile = createTurnstile()
  const member = startMember(client, keyFile, topic, group, turnstile.changed)
  try {
    await use(async (count) => {
      const what = () => `${client.name} received ${member.records.length} of ${count} records`
      await turnstile.until(() => member.records.length >= count, what)
      return member.records
    })
    await member.leave()
  } finally {
    await member.kill()
  }
}

/** A time after every record so far, and not after any that is still to come. */
async function nextMillisecond(): Promise<number> {
  const from = Date.now()
  while (Date.now() === from) await new Promise(setImmediate)
  return Date.now()
}
