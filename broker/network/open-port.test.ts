import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { DescribeCluster } from '../protocol/messages/describe-cluster.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts'
import { ListGroups } from '../protocol/messages/list-groups.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import { becomeStable } from '../testing/group-member.ts'
import { openPortOf } from '../testing/open-port.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { dialPort, startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const ANYTHING = { includeClusterAuthorizedOperations: false }

let broker: TestBroker
let port: number
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    // It stays on loopback where everything else does not.
    host: '0.0.0.0',
    first: { openListener: {}, topics: [{ name: 'rides', partitions: 6 }] },
    second: { topics: [{ name: 'secret', partitions: 1 }] },
  })
  port = openPortOf(broker, broker.first.id)
  client = createClient(await dialPort(port), { clientId: 'student' })
})
afterAll(() => broker.close())

describe('a port without a key', () => {
  it('is opened for no cluster that does not ask for one', () => {
    expect(broker.tenants.get(broker.second.id)?.openListener).toBe(null)
  })

  it('serves a client that says nothing of security, as a Kafka of one node', async () => {
    const { apiKeys } = await client.send(ApiVersions, 2, {})
    expect(apiKeys.length).toBeGreaterThan(30)
    const { brokers, clusterId, controllerId, topics } = await client.send(Metadata, 12, {
      topics: null,
    })
    const node = { nodeId: 1, host: 'localhost', port }
    expect(brokers).toMatchObject([node])
    expect({ clusterId, controllerId }).toEqual({ clusterId: broker.first.id, controllerId: 1 })
    expect(topics.map(({ name }) => name)).toEqual(['rides'])
    expect(topics[0]?.partitions).toHaveLength(6)
    for (const { leaderId, replicaNodes, isrNodes } of topics[0]?.partitions ?? []) {
      expect({ leaderId, replicaNodes, isrNodes }).toEqual({
        leaderId: 1,
        replicaNodes: [1],
        isrNodes: [1],
      })
    }
    expect((await client.send(DescribeCluster, 0, ANYTHING)).brokers).toMatchObject([
      { brokerId: 1, host: 'localhost', port },
    ])
    for (const key of ['a', 'b', 'c', 'd']) {
      expect(await client.send(FindCoordinator, 2, { key })).toMatchObject(node)
    }
  })

  it('knows nothing of another cluster', async () => {
    const asked = await client.send(Metadata, 12, { topics: [{ name: 'secret' }] })
    expect(asked.topics[0]?.errorCode).toBe(errorCode('UNKNOWN_TOPIC_OR_PARTITION'))
  })

  it('takes records that who has a key finds, counted as any others', async () => {
    const counters = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.counters
    const before = counters?.recordsIn ?? 0
    const { responses } = await client.send(
      Produce,
      PRODUCE_VERSION,
      produceRequest('rides', 0, ['a', 'b', 'c']),
    )
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(0)
    expect((counters?.recordsIn ?? 0) - before).toBe(3)
  })

  it('has the same groups as the ports with a key', async () => {
    const groupId = 'both-ways'
    const { memberId, generationId } = await becomeStable(client, groupId)
    const partition = { partitionIndex: 4, committedOffset: 42, committedMetadata: '' }
    await client.send(OffsetCommit, 8, {
      ...{ groupId, memberId, generationIdOrMemberEpoch: generationId },
      topics: [{ name: 'rides', partitions: [{ ...partition, committedLeaderEpoch: 0 }] }],
    })
    const withKey = await broker.connect()
    const { groups } = await withKey.send(DescribeGroups, 5, { groups: [groupId] })
    expect(groups[0]).toMatchObject({ groupState: 'Stable', members: [{ memberId }] })
    const topics = [{ name: 'rides', partitionIndexes: [4] }]
    const committed = await withKey.send(OffsetFetch, 7, { groupId, topics })
    expect(committed.topics[0]?.partitions).toMatchObject([{ committedOffset: 42 }])
    // Tools ask the one node that they see for all groups, whatever node coordinates them elsewhere.
    for (const name of ['b', 'c', 'd']) await becomeStable(client, name)
    const listed = await client.send(ListGroups, 4, { statesFilter: [] })
    expect(listed.groups.map((each) => each.groupId).sort()).toEqual(['b', groupId, 'c', 'd'])
  }, 30_000)
})

describe('what does not belong on a port without a key', () => {
  it.each([
    ['GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', /sent HTTP \(GET/],
    ['POST /x HTTP/1.1\r\n\r\n', /sent HTTP \(POST/],
    ['PRI * HTTP/2.0\r\n\r\n', /sent a frame of impossible length/],
  ])('closes on what a browser sends, without an answer: %j', async (bytes, line) => {
    const socket = await dialPort(port)
    socket.end(bytes)
    expect(await answerTo(socket)).toEqual(Buffer.alloc(0))
    await broker.logged(line)
  })

  it('refuses TLS, and says what to set', async () => {
    const socket = await dialPort(port)
    // A record of the kind handshake, as every ClientHello begins.
    socket.write(Buffer.from('16030100c8010000c40303', 'hex'))
    expect(await answerTo(socket)).toEqual(Buffer.alloc(0))
    expect(await broker.logged(/speaks TLS on a port that is open without a key/)).toMatch(
      /security\.protocol=PLAINTEXT/,
    )
  })

  it('lets nobody sign in, whatever the secret is', async () => {
    const stranger = createClient(await dialPort(port))
    expect(await stranger.send(SaslHandshake, 1, { mechanism: 'PLAIN' })).toMatchObject({
      errorCode: errorCode('ILLEGAL_SASL_STATE'),
      mechanisms: [],
    })
    await stranger.closed
    const another = createClient(await dialPort(port))
    const authBytes = Buffer.from('\0key\0secret')
    expect(await another.send(SaslAuthenticate, 2, { authBytes })).toMatchObject({
      errorCode: errorCode('ILLEGAL_SASL_STATE'),
      errorMessage: expect.stringContaining('security.protocol=PLAINTEXT'),
    })
    await another.closed
    expect(await broker.logged(/tries to sign in/)).toContain('security.protocol=PLAINTEXT')
  })

  it('is reached by no other address of the machine', async () => {
    // All of 127/8 is loopback on Linux; elsewhere this address is nobody's, and fails as well.
    await expect(dialHost('127.0.0.2', port)).rejects.toThrow()
    await expect(dialHost('127.0.0.1', port)).resolves.toBeDefined()
  })
})

/** Everything that is answered until the connection ends. */
async function answerTo(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (bytes: Buffer) => chunks.push(bytes))
  await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(chunks)
}

function dialHost(host: string, at: number): Promise<Socket> {
  const socket = connect({ host, port: at })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket.end()))
  })
}
