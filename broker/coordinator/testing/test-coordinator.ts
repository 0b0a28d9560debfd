import { createFakeClock, type FakeClock } from '../../clock.ts'
import type { KafkaErrorName } from '../../errors.ts'
import type { GroupRules } from '../../rules/groups.ts'
import { openMemoryStorage } from '../../storage/memory/storage.ts'
import type { CatalogueStore } from '../../storage/storage.ts'
import { GroupCoordinator, type JoinRequest } from '../group/coordinator.ts'

export const TENANT = 'lkc-test'

/** A coordinator on a fake clock, over a store in memory whose writes a test may hold or fail. */
export interface TestCoordinator {
  readonly coordinator: GroupCoordinator
  readonly clock: FakeClock
  readonly store: BrokenStore
  readonly logLines: string[]
  /** Topics that exist, by name; all have 4 partitions. */
  readonly topics: Map<string, string>
  /** Another coordinator over what was stored, as after a restart. */
  restart(): Promise<TestCoordinator>
  commit(groupId: string, offset: number, topic?: string): Promise<readonly KafkaErrorName[]>
  committed(groupId: string, topic?: string): number | undefined
  /** A group of one member, stable. Resolves with the member's id. */
  stableMember(groupId: string, instanceId?: string): Promise<string>
}

/** Writes pass through to the store unless they are held; held ones then succeed or fail. */
export interface BrokenStore {
  readonly catalogue: CatalogueStore
  /** The names of the writing calls so far, with how many rows each had. */
  readonly calls: string[]
  /** Writes wait from now on. */
  hold(): void
  /** Ends the waiting, and waits for whoever waited. */
  release(error?: Error): Promise<void>
  /** Fails writes from now on; null lets them pass. */
  failWith(error: Error | null): void
}

export async function createTestCoordinator(
  limits: Partial<GroupRules> = {},
): Promise<TestCoordinator> {
  const storage = openMemoryStorage()
  const clock = createFakeClock()
  const topics = new Map<string, string>()
  const store = breakable(storage.catalogue)
  await storage.catalogue.putTenant({ id: TENANT, type: 'BASIC', limits: {}, createdMs: 0 })
  for (const name of ['orders', 'rides']) {
    const id = `${name}-id`.padEnd(22, '-')
    const topic = { id, tenantId: TENANT, name, config: {}, createdMs: 0, partitionCount: 4 }
    await storage.catalogue.createTopics([topic])
    topics.set(name, id)
  }
  return await open({ clock, topics, store, limits })
}

interface World extends Pick<TestCoordinator, 'clock' | 'topics' | 'store'> {
  readonly limits: Partial<GroupRules>
}

async function open(world: World): Promise<TestCoordinator> {
  const { clock, topics, store, limits } = world
  const { groups, offsets } = await store.catalogue.load()
  const logLines: string[] = []
  const coordinator = new GroupCoordinator({
    tenantId: TENANT,
    catalogue: store.catalogue,
    clock,
    limits,
    groups,
    offsets,
    log: (line) => logLines.push(line),
    topics: {
      idOf: (name) => topics.get(name),
      nameOf: (id) => [...topics].find(([, topicId]) => topicId === id)?.[0],
      hasPartition: (name, partition) => topics.has(name) && partition >= 0 && partition < 4,
    },
  })
  return {
    coordinator,
    clock,
    topics,
    store,
    logLines,
    restart() {
      coordinator.close()
      return open(world)
    },
    commit: (groupId, offset, topic = 'orders') =>
      coordinator.commitOffsets(groupId, NO_GENERATION, [
        { topic, partition: 0, offset, leaderEpoch: 0, metadata: 'm' },
      ]),
    committed: (groupId, topic = 'orders') =>
      coordinator.fetchOffsets(groupId, [{ topic, partitions: [0] }])[0]?.partitions[0]?.offset,
    async stableMember(groupId, instanceId) {
      const joining = coordinator.join(groupId, { ...A_JOIN, instanceId: instanceId ?? null }, OPEN)
      clock.advance(1_000)
      const { memberId, generation } = await joining
      const request = { ...A_SYNC, memberId, instanceId: instanceId ?? null, generation }
      await coordinator.sync(groupId, request, OPEN)
      return memberId
    },
  }
}

/** The signal of a connection that stays open. */
export const OPEN = new AbortController().signal

export const NO_GENERATION = {
  memberId: '',
  instanceId: null,
  generation: -1,
  ifGroupIsUnknown: 'ILLEGAL_GENERATION',
} as const

/** A subscription to the topic `orders`, as version 0. */
export const ORDERS_SUBSCRIPTION = Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 6, ...Buffer.from('orders'))

export const A_JOIN: JoinRequest = {
  memberId: '',
  instanceId: null,
  clientId: 'client',
  clientHost: '/127.0.0.1',
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: ORDERS_SUBSCRIPTION }],
  requiresMemberId: false,
  canSkipAssignment: true,
}

const A_SYNC = { protocolType: null, protocolName: null, assignments: new Map() }

function breakable(inner: CatalogueStore): BrokenStore {
  const calls: string[] = []
  let gate: Promise<void> = Promise.resolve()
  let open: () => void = () => {}
  let failure: Error | null = null

  function guarded<A>(name: string, write: (rows: readonly A[]) => Promise<void>) {
    return async (rows: readonly A[]): Promise<void> => {
      calls.push(`${name} ${rows.length}`)
      await gate
      if (failure !== null) throw failure
      await write(rows)
    }
  }

  return {
    calls,
    hold() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    async release(error) {
      failure = error ?? null
      open()
      gate = Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
      failure = null
    },
    failWith(error) {
      failure = error
    },
    catalogue: {
      ...inner,
      putOffsets: guarded('putOffsets', (rows) => inner.putOffsets(rows)),
      putGroups: guarded('putGroups', (rows) => inner.putGroups(rows)),
      deleteOffsets: guarded('deleteOffsets', (rows) => inner.deleteOffsets(rows)),
      deleteGroups: (tenantId, groupIds) =>
        guarded<string>('deleteGroups', (rows) => inner.deleteGroups(tenantId, rows))(groupIds),
    },
  }
}
