import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORDERS_SUBSCRIPTION } from '../coordinator/testing/test-coordinator.ts'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DeleteGroups } from '../protocol/messages/delete-groups.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { ListGroups } from '../protocol/messages/list-groups.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { becomeStable, joinRequest } from '../testing/group-member.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
/** One connection to each node. */
let nodes: KafkaClient[]
let client: KafkaClient
let newcomer: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'orders', partitions: 4 }] } })
  nodes = await Promise.all([1, 2, 3].map((node) => broker.connect({ node })))
  client = await broker.connect()
  newcomer = await broker.connect()
  await becomeStable(client, 'stable')
  await becomeStable(client, 'workers', { protocolType: 'connect' })
  await commitTo('simple')
})
afterAll(() => broker.close())

function commitTo(groupId: string) {
  const partition = { partitionIndex: 0, committedOffset: 1, committedMetadata: '' }
  return client.send(OffsetCommit, 9, {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [{ name: 'orders', partitions: [partition] }],
  })
}

async function list(version: number, statesFilter: string[] = [], typesFilter: string[] = []) {
  const answers = await Promise.all(
    nodes.map((node) => node.send(ListGroups, version, { statesFilter, typesFilter })),
  )
  return answers
    .flatMap(({ groups }) => groups)
    .sort((one, other) => one.groupId.localeCompare(other.groupId))
}

describe('ListGroups', () => {
  it.each([0, 1, 2, 3, 4, 5])('v%i lists each group once over all nodes', async (version) => {
    const state = (name: string) => (version >= 4 ? name : '')
    const groupType = version >= 5 ? 'classic' : ''
    expect(await list(version)).toEqual([
      { groupId: 'simple', protocolType: '', groupState: state('Empty'), groupType },
      { groupId: 'stable', protocolType: 'consumer', groupState: state('Stable'), groupType },
      { groupId: 'workers', protocolType: 'connect', groupState: state('Stable'), groupType },
    ])
  })

  it('filters by state and type, whatever their case', async () => {
    const ids = async (states: string[], types: string[] = []) =>
      (await list(5, states, types)).map(({ groupId }) => groupId)
    expect(await ids(['empty'])).toEqual(['simple'])
    expect(await ids(['EMPTY', 'Stable'], ['Classic'])).toEqual(['simple', 'stable', 'workers'])
    expect(await ids(['Dead'])).toEqual([])
    expect(await ids([], ['consumer'])).toEqual([])
  })

  it('lists a group at the node that FindCoordinator names', async () => {
    const { coordinators } = await client.send(FindCoordinator, 4, {
      keyType: 0,
      coordinatorKeys: ['stable', 'simple', 'workers'],
    })
    for (const { key, nodeId } of coordinators) {
      const { groups } = (await nodes[nodeId - 1]?.send(ListGroups, 5, {})) ?? { groups: [] }
      expect(groups.map(({ groupId }) => groupId)).toContain(key)
    }
  })
})

describe('DescribeGroups', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])(
    'v%i shows members with what they were assigned',
    async (version) => {
      const { groups } = await client.send(DescribeGroups, version, {
        groups: ['stable', 'simple', 'none'],
        includeAuthorizedOperations: version >= 3,
      })
      const [stable, simple, none] = groups
      expect(stable).toMatchObject({
        errorCode: 0,
        groupState: 'Stable',
        protocolType: 'consumer',
        protocolData: 'range',
        authorizedOperations: version >= 3 ? 328 : -2147483648,
        members: [{ clientId: 'test', clientHost: '/127.0.0.1', groupInstanceId: null }],
      })
      expect(Buffer.from(stable?.members[0]?.memberMetadata ?? [])).toEqual(
        Buffer.from(ORDERS_SUBSCRIPTION),
      )
      expect([...(stable?.members[0]?.memberAssignment ?? [])]).toEqual([1, 2, 3])
      expect(simple).toMatchObject({ errorCode: 0, groupState: 'Empty', members: [] })
      expect(none).toMatchObject({
        errorCode: version >= 6 ? errorCode('GROUP_ID_NOT_FOUND') : 0,
        errorMessage: version >= 6 ? 'Group none not found.' : null,
        groupState: 'Dead',
      })
    },
  )

  it('shows a group once, however often it is asked for', async () => {
    const groups = new Array<string>(50_000).fill('stable')
    const answer = await client.send(DescribeGroups, 6, { groups })
    expect(answer.groups).toMatchObject([{ groupId: 'stable', groupState: 'Stable' }])
  })

  it('shows no metadata while a rebalance is under way', async () => {
    const { memberId } = await becomeStable(client, 'rebalancing')
    const joining = newcomer.send(JoinGroup, 3, joinRequest('rebalancing'))
    const describe = () => client.send(DescribeGroups, 6, { groups: ['rebalancing'] })
    let [group] = (await describe()).groups
    while (group?.groupState === 'Stable') [group] = (await describe()).groups
    expect(group).toMatchObject({ groupState: 'PreparingRebalance', protocolData: '' })
    expect(group?.members.map((member) => member.memberMetadata.length)).toEqual([0, 0])
    await client.send(JoinGroup, 9, joinRequest('rebalancing', { memberId }))
    expect((await joining).errorCode).toBe(0)
  })
})

describe('DeleteGroups', () => {
  it.each([0, 1, 2])('v%i deletes groups without members', async (version) => {
    await commitTo('short-lived')
    const groupsNames = ['short-lived', 'workers', 'none', 'none']
    const { results } = await client.send(DeleteGroups, version, { groupsNames })
    expect(results).toEqual([
      { groupId: 'short-lived', errorCode: 0 },
      { groupId: 'workers', errorCode: errorCode('NON_EMPTY_GROUP') },
      { groupId: 'none', errorCode: errorCode('GROUP_ID_NOT_FOUND') },
    ])
    expect((await list(5)).map(({ groupId }) => groupId)).not.toContain('short-lived')
  })
})
