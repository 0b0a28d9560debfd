import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBroker, startBroker } from '../index.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { InitProducerId } from '../protocol/messages/init-producer-id.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { ListOffsets } from '../protocol/messages/list-offsets.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import { presetClusterId } from '../rules/ids.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { type Owned, strangerQuestions } from '../testing/stranger-questions.ts'
import { createApiTable } from './table.ts'

/**
 * One tenant can never see another: whatever a stranger asks about the owner's topics, ids and
 * groups is answered as by a broker on which the owner does not exist, and changes nothing of the
 * owner's. Two brokers, alike but for the owner, are asked the same; every API in every version.
 */
const served = createApiTable(null).served
const cases = served.flatMap(({ api, min, max }) =>
  Array.from({ length: max - min + 1 }, (_, index) => ({ api: api.name, version: min + index })),
)
/** A stranger for each case, so that what one question leaves behind cannot answer the next. */
const strangers = cases.map((_, index) => ({
  name: `stranger-${index}`,
  apiKeys: [{ key: `STRANGER${String(index).padStart(8, '0')}`, secret: 'stranger-secret' }],
}))
const ownerKey = { key: 'OWNERKEY2345ABCD', secret: 'owner-secret' }
const topics = ['orders', 'orders-2'].map((name) => ({ name, partitions: 2 }))

let shared: RunningBroker
let alone: RunningBroker
let owner: KafkaClient
let owned: Owned

beforeAll(async () => {
  const log = () => {}
  shared = await startBroker({
    clusters: [{ name: 'owner', apiKeys: [ownerKey], topics }, ...strangers],
    log,
  })
  alone = await startBroker({ clusters: strangers, log })
  owner = await signedIn(shared, ownerKey)
  owned = await fillOwnersCluster(owner)
})

afterAll(async () => {
  owner?.close()
  await Promise.all([shared?.close(), alone?.close()])
})

it('has a question for every API that is answered', () => {
  const asked = strangerQuestions.map(({ api }) => api.name).sort()
  expect(asked).toEqual(served.map(({ api }) => api.name).sort())
})

describe('a stranger who knows every name and id', () => {
  it.each(cases.map((each, index) => ({ ...each, index })))(
    'learns and changes nothing by $api v$version',
    async ({ api, version, index }) => {
      const question = strangerQuestions.find((each) => each.api.name === api)
      const stranger = strangers[index]?.apiKeys[0]
      if (question === undefined || stranger === undefined)
        throw new Error(`No question for ${api}`)
      const before = await ownersView()
      const ask = async (broker: RunningBroker) => {
        const client = await signedIn(broker, stranger)
        try {
          return comparable(await question.ask(client, version, owned), owned)
        } catch (error) {
          return `ended: ${String(error)}`
        } finally {
          client.close()
        }
      }
      const answer = await ask(shared)
      expect(answer).toEqual(await ask(alone))
      expect(await ownersView()).toEqual(before)
    },
  )
})

/** A topic with records of an idempotent producer, a group with a static member and a commit. */
async function fillOwnersCluster(client: KafkaClient): Promise<Owned> {
  const [topic = '', group, groupInstanceId] = ['orders', 'readers', 'reader-1']
  await client.send(Produce, PRODUCE_VERSION, produceRequest(topic, 0, ['one', 'two', 'three']))
  const metadata = await client.send(Metadata, 12, { topics: [{ name: topic }] })
  const identity = await client.send(InitProducerId, 4, {
    transactionalId: null,
    transactionTimeoutMs: 60_000,
  })
  const { sessionId } = await client.send(Fetch, 12, {
    maxWaitMs: 0,
    minBytes: 0,
    sessionEpoch: 0,
    topics: [{ topic, partitions: [{ partition: 0, fetchOffset: 3, partitionMaxBytes: 1 }] }],
  })
  expect(sessionId).toBeGreaterThan(0)
  const joined = await client.send(JoinGroup, 9, {
    groupId: group ?? '',
    sessionTimeoutMs: 600_000,
    rebalanceTimeoutMs: 600_000,
    memberId: '',
    groupInstanceId: groupInstanceId ?? null,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('owner') }],
  })
  const { memberId, generationId } = joined
  await client.send(SyncGroup, 5, {
    groupId: group ?? '',
    generationId,
    memberId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId, assignment: Buffer.from('assigned') }],
  })
  const committed = await client.send(OffsetCommit, 8, {
    groupId: group ?? '',
    generationIdOrMemberEpoch: generationId,
    memberId,
    topics: [
      {
        name: topic,
        partitions: [{ partitionIndex: 0, committedOffset: 2, committedMetadata: '' }],
      },
    ],
  })
  expect(committed.topics[0]?.partitions[0]?.errorCode).toBe(0)
  return {
    topic,
    topicId: metadata.topics[0]?.topicId ?? '',
    group: group ?? '',
    memberId,
    generationId,
    groupInstanceId: groupInstanceId ?? '',
    producerId: identity.producerId,
    fetchSessionId: sessionId,
    key: ownerKey.key,
  }
}

/** All that the owner sees of its own. */
async function ownersView() {
  const names = topics.map(({ name }) => name)
  const latest = [0, 1].flatMap((partitionIndex) =>
    [-2, -1].map((timestamp) => ({ partitionIndex, timestamp })),
  )
  const offsets = await Promise.all(
    latest.map((partition) =>
      owner.send(ListOffsets, 7, {
        replicaId: -1,
        topics: names.map((name) => ({ name, partitions: [partition] })),
      }),
    ),
  )
  return {
    offsets,
    metadata: await owner.send(Metadata, 12, { topics: null }),
    fetchSessions: shared.tenants.get(presetClusterId('default', 'owner'))?.fetchSessions.size,
    configs: await owner.send(DescribeConfigs, 4, {
      resources: names.map((name) => {
        return { resourceType: 2, resourceName: name, configurationKeys: null }
      }),
    }),
    groups: await owner.send(DescribeGroups, 5, { groups: [owned.group] }),
    committed: await owner.send(OffsetFetch, 7, { groupId: owned.group, topics: null }),
  }
}

/**
 * An answer without what differs between any two brokers: ports, and ids drawn at random. An id
 * that is the owner's is kept, so that giving it away is seen.
 */
function comparable(answer: unknown, { topicId }: Owned): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value) => {
    if (name === 'port' || name === 'producerId') return `<${name}>`
    if (name === 'topicId' && value !== topicId && !/^A+$/.test(value)) return '<random>'
    return value
  })
}

async function signedIn(
  broker: RunningBroker,
  { key, secret }: { key: string; secret: string },
): Promise<KafkaClient> {
  const socket = connect({ port: broker.ports[0] ?? 0, host: '127.0.0.1' })
  await once(socket, 'connect')
  const client = createClient(socket)
  await client.authenticate(key, secret)
  return client
}
