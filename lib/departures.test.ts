import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../broker/index.ts'
import { type ConnectWorld, startConnectWorld } from '../services/connect/testing/connect-world.ts'
import { createCountingPlugin } from '../services/connect/testing/counting-plugin.ts'
import { createAccount } from './accounts.ts'
import { type BrokerControl, createBrokerControl } from './control/broker.ts'
import { type ConsoleDb, openConsoleDb } from './db.ts'
import { deleteAccount, finishDeletingCluster } from './departures.ts'
import { reconcile } from './reconcile.ts'

const token = 'the token of this test'
let dataDir: string
let db: ConsoleDb
let broker: RunningBroker
let control: BrokerControl

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-departures-'))
  db = openConsoleDb(dataDir)
  broker = await startBroker({ control: { token }, log: () => {} })
  control = createBrokerControl({ url: broker.controlUrl ?? '', token })
})
afterEach(async () => {
  await broker.close()
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

async function signUp(name: string, by?: 'preset'): Promise<string> {
  const account = { name, email: `${name}@example.com`, password: `password of ${name}` }
  const made = await createAccount(db, account, by)
  if (made === null) throw new Error(`There is an account of ${name}`)
  return made.userId
}

/** A running cluster with its tenant, in the first environment of this person. */
async function clusterOf(userId: string, id: string): Promise<void> {
  const { id: environmentId } = await db.environment.findFirstOrThrow({
    where: { organisation: { memberships: { some: { userId } } } },
  })
  const place = { provider: 'aws', region: 'us-east-2', type: 'BASIC', createdMs: 0n }
  await db.cluster.create({ data: { id, environmentId, name: id, state: 'running', ...place } })
  await control.putTenant(id, { type: 'BASIC' })
}

async function tenants(): Promise<string[]> {
  const answer = await control.tenants()
  return answer.ok ? answer.value.map(({ id }) => id).sort() : [answer.message]
}

test('who leaves last takes everything along, at the latest by the next start', async () => {
  const maya = await signUp('maya')
  const noor = await signUp('noor')
  await clusterOf(maya, 'lkc-maya1')
  await clusterOf(noor, 'lkc-noor1')

  expect(await deleteAccount(db, maya)).toEqual(['lkc-maya1'])
  expect(await db.user.count()).toBe(1)
  // The program ends before the broker was asked.
  expect(await tenants()).toEqual(['lkc-maya1', 'lkc-noor1'])
  expect(await reconcile({ db, control })).toMatchObject({ ok: true })

  expect(await tenants()).toEqual(['lkc-noor1'])
  expect(await db.cluster.findMany({ select: { id: true } })).toEqual([{ id: 'lkc-noor1' }])
  expect(await db.organisation.findMany()).toMatchObject([{ name: 'noor' }])
  expect(await db.environment.count()).toBe(1)
})

test('what others still use stays', async () => {
  const maya = await signUp('maya', 'preset')
  const noor = await signUp('noor', 'preset')
  await clusterOf(maya, 'lkc-both1')
  await db.apiKey.create({
    data: {
      ...{ key: 'K', clusterId: 'lkc-both1', ownerId: maya },
      ...{ description: 'of both', state: 'active', createdMs: 0n },
    },
  })

  expect(await deleteAccount(db, maya)).toEqual([])
  expect(await db.cluster.findMany()).toMatchObject([{ id: 'lkc-both1', state: 'running' }])
  expect(await db.apiKey.findMany()).toMatchObject([{ key: 'K', ownerId: null }])
  expect(await db.membership.findMany()).toMatchObject([{ userId: noor }])
})

test('the next to sign up finds nothing of those who left', async () => {
  const maya = await signUp('maya')
  await clusterOf(maya, 'lkc-maya1')
  await deleteAccount(db, maya)
  const noor = await signUp('noor')
  const mine = { organisation: { memberships: { some: { userId: noor } } } }
  expect(await db.environment.findMany({ where: mine })).toMatchObject([{ name: 'default' }])
  expect(await db.cluster.count({ where: { environment: mine } })).toBe(0)
  expect(await db.organisation.count({ where: { isDefault: true } })).toBe(1)
})

test('a cluster goes with its connectors, which end first', async () => {
  const counting = createCountingPlugin()
  const world: ConnectWorld = await startConnectWorld([counting.plugin])
  const { clusterId } = world.place
  const maya = await signUp('maya')
  await clusterOf(maya, clusterId)
  await world.connect.create(world.place, { name: 'counting', config: world.configOf() })
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  const asked: string[] = []
  const broker = {
    async deleteTenant(id: string) {
      const left = await world.connect.clusterIds()
      asked.push(`${id} with connectors in ${left.ok ? left.value.length : '?'} clusters`)
      return control.deleteTenant(id)
    },
  }
  expect(await finishDeletingCluster({ db, broker, connect: world.connect }, clusterId)).toBe(true)
  expect(asked).toEqual([`${clusterId} with connectors in 0 clusters`])
  expect(await db.cluster.count()).toBe(0)
  // Where the services are away, nothing is deleted behind their back.
  await clusterOf(maya, clusterId)
  const away = {
    deleteCluster: async () => ({ ok: false, code: 'UNREACHABLE', message: '' }) as const,
  }
  expect(await finishDeletingCluster({ db, broker, connect: away }, clusterId)).toBe(false)
  expect(await tenants()).toEqual([clusterId])
  await world.close()
})
