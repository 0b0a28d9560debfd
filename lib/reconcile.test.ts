import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RunningBroker, startBroker } from '../broker/index.ts'
import { ensureDefaultOrganisation } from './accounts.ts'
import { type BrokerControl, createBrokerControl } from './control/broker.ts'
import { type ConsoleDb, openConsoleDb } from './db.ts'
import { reconcile } from './reconcile.ts'

const token = 'the token of this test'
const secret = 'a long enough secret'
let dataDir: string
let db: ConsoleDb
let broker: RunningBroker
let control: BrokerControl

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-reconcile-'))
  db = openConsoleDb(dataDir)
  broker = await startBroker({ control: { token }, log: () => {} })
  control = createBrokerControl({ url: broker.controlUrl ?? '', token })
})
afterEach(async () => {
  await broker.close()
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

/** A row as the last run left it. */
async function clusterRow(id: string, state: string): Promise<void> {
  const organisation = await ensureDefaultOrganisation(db)
  const { id: environmentId } = await db.environment.findFirstOrThrow({
    where: { organisationId: organisation.id },
  })
  await db.cluster.create({
    data: {
      ...{ id, environmentId, state, name: id, type: 'BASIC' },
      ...{ provider: 'aws', region: 'us-east-2', createdMs: 0n },
    },
  })
}

async function keyRow(key: string, clusterId: string, state: string): Promise<void> {
  await db.apiKey.create({ data: { key, clusterId, state, description: '', createdMs: 0n } })
}

async function statesOfClusters(): Promise<Record<string, string>> {
  const rows = await db.cluster.findMany()
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]))
}

async function keysInConsole(): Promise<Record<string, string>> {
  const rows = await db.apiKey.findMany()
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]))
}

async function tenantsInBroker(): Promise<string[]> {
  const answer = await control.tenants()
  return answer.ok ? answer.value.map(({ id }) => id).sort() : [answer.message]
}

async function keysInBroker(tenantId: string): Promise<string[]> {
  const answer = await control.keys(tenantId)
  return answer.ok ? answer.value.map(({ key }) => key).sort() : [answer.message]
}

/** Twice, because the program may be killed while it reconciles. */
async function reconcileTwice(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    expect(await reconcile({ db, control })).toEqual({ ok: true, value: undefined })
  }
}

it('carries on creating a cluster, whether the broker had heard of it or not', async () => {
  await clusterRow('lkc-aaaaaa', 'provisioning')
  await clusterRow('lkc-bbbbbb', 'provisioning')
  await control.putTenant('lkc-bbbbbb', { type: 'BASIC' })
  await reconcileTwice()
  expect(await statesOfClusters()).toEqual({ 'lkc-aaaaaa': 'running', 'lkc-bbbbbb': 'running' })
  expect(await tenantsInBroker()).toEqual(['lkc-aaaaaa', 'lkc-bbbbbb'])
})

it('carries on deleting a cluster, keys and all', async () => {
  await clusterRow('lkc-aaaaaa', 'deleting')
  await keyRow('KEYKEYKEYKEYKEY2', 'lkc-aaaaaa', 'active')
  await control.putTenant('lkc-aaaaaa', { type: 'BASIC' })
  await control.putKey('lkc-aaaaaa', 'KEYKEYKEYKEYKEY2', { secret })
  await clusterRow('lkc-bbbbbb', 'deleting')
  await reconcileTwice()
  expect(await statesOfClusters()).toEqual({})
  expect(await keysInConsole()).toEqual({})
  expect(await tenantsInBroker()).toEqual([])
})

it('revokes a key whose secret was never shown, and one that was being deleted', async () => {
  await clusterRow('lkc-aaaaaa', 'running')
  await control.putTenant('lkc-aaaaaa', { type: 'BASIC' })
  for (const [key, state] of [
    ['KEYKEYKEYKEYKEY2', 'provisioning'],
    ['KEYKEYKEYKEYKEY3', 'deleting'],
    ['KEYKEYKEYKEYKEY4', 'active'],
  ] as const) {
    await keyRow(key, 'lkc-aaaaaa', state)
    await control.putKey('lkc-aaaaaa', key, { secret })
  }
  await keyRow('KEYKEYKEYKEYKEY5', 'lkc-aaaaaa', 'provisioning')
  await reconcileTwice()
  expect(await keysInConsole()).toEqual({ KEYKEYKEYKEYKEY4: 'active' })
  expect(await keysInBroker('lkc-aaaaaa')).toEqual(['KEYKEYKEYKEYKEY4'])
})

it('adopts what only the broker knows into the default organisation', async () => {
  await control.putTenant('lkc-aaaaaa', { type: 'STANDARD' })
  await control.putKey('lkc-aaaaaa', 'KEYKEYKEYKEYKEY2', { secret })
  await reconcileTwice()
  const cluster = await db.cluster.findUniqueOrThrow({
    where: { id: 'lkc-aaaaaa' },
    include: { environment: { include: { organisation: true } } },
  })
  expect(cluster).toMatchObject({ state: 'running', type: 'STANDARD' })
  expect(cluster.environment.organisation.isDefault).toBe(true)
  expect(await keysInConsole()).toEqual({ KEYKEYKEYKEYKEY2: 'active' })
  expect(await keysInBroker('lkc-aaaaaa')).toEqual(['KEYKEYKEYKEYKEY2'])
})

it('adopts into a new environment where every other has been deleted', async () => {
  const organisation = await ensureDefaultOrganisation(db)
  await db.environment.deleteMany()
  await control.putTenant('lkc-aaaaaa', { type: 'BASIC' })
  await reconcileTwice()
  const environments = await db.environment.findMany({ include: { clusters: true } })
  expect(environments).toMatchObject([
    { name: 'default', organisationId: organisation.id, clusters: [{ id: 'lkc-aaaaaa' }] },
  ])
})

it('makes a running cluster again that the broker lost with the power', async () => {
  await clusterRow('lkc-aaaaaa', 'running')
  await keyRow('KEYKEYKEYKEYKEY2', 'lkc-aaaaaa', 'active')
  await reconcileTwice()
  expect(await statesOfClusters()).toEqual({ 'lkc-aaaaaa': 'running' })
  expect(await tenantsInBroker()).toEqual(['lkc-aaaaaa'])
  // Nobody has the secret any more that the broker forgot.
  expect(await keysInConsole()).toEqual({})
})

it('says why where the broker does not answer', async () => {
  await clusterRow('lkc-aaaaaa', 'provisioning')
  await broker.close()
  const outcome = await reconcile({ db, control })
  expect(outcome.ok || outcome.reason).toContain('The broker refused to be brought in line')
})
