import { expect, test } from 'vitest'
import { type BrokerClusterInput, parseBrokerClusters } from '../rules/preset.ts'
import { applyPreset, PresetError } from './apply-preset.ts'
import { createTopics, openTenants, topicRequest } from './cluster-for-tests.ts'
import type { Tenants } from './tenants.ts'

const apiKey = { key: 'TESTKEY234567ABC', secret: 'at least eight' }
const dev = {
  name: 'dev',
  apiKeys: [apiKey],
  topics: [{ name: 'rides', partitions: 2, config: { 'retention.ms': '86400000' } }],
} satisfies BrokerClusterInput

async function apply(tenants: Tenants, ...clusters: readonly BrokerClusterInput[]) {
  return applyPreset(tenants, declared(clusters), (line) => lines.push(line))
}

const lines: string[] = []

function declared(clusters: readonly BrokerClusterInput[]) {
  const parsed = parseBrokerClusters(clusters)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value
}

test('a port that another cluster has taken keeps nothing from starting', async () => {
  const { tenants } = await openTenants()
  const openListener = { port: 21000, createTopics: false, partitions: 1 }
  await tenants.putTenant('lkc-other1', { type: 'BASIC', limits: {} })
  await tenants.putOpenListener('lkc-other1', { isOn: true, ...openListener })
  const applied = await apply(tenants, { ...dev, openListener })
  expect(applied).toMatchObject({ apiKeys: [apiKey.key], topics: ['rides'] })
  expect(tenants.get(applied.tenants[0] ?? '')?.openListener).toBeNull()
  expect(lines).toEqual([expect.stringMatching(/Port 21000 is taken by another cluster/)])
})

test('what a preset declares is there after it', async () => {
  const { tenants } = await openTenants()
  const applied = await apply(tenants, dev)
  expect(applied).toMatchObject({ apiKeys: [apiKey.key], topics: ['rides'] })
  const tenant = tenants.authenticate(apiKey.key, apiKey.secret)?.tenant
  expect(tenant?.id).toBe(applied.tenants[0])
  expect(tenant?.topics.byName('rides')).toMatchObject({ config: { 'retention.ms': '86400000' } })
  expect(tenant?.topics.byName('rides')?.partitions).toHaveLength(2)
})

test('applied again it does nothing, and after a restart too', async () => {
  const { tenants, storage } = await openTenants()
  await apply(tenants, dev)
  const before = await storage.catalogue.load()
  const nothing = { tenants: [], apiKeys: [], topics: [] }
  expect(await apply(tenants, dev)).toEqual(nothing)
  expect(await apply((await openTenants(storage)).tenants, dev)).toEqual(nothing)
  expect(await storage.catalogue.load()).toEqual(before)
})

test('it creates again what was deleted, and leaves alone what was changed or added', async () => {
  const { tenants } = await openTenants()
  await apply(tenants, dev)
  const topics = tenants.list()[0]?.topics
  if (topics === undefined) throw new Error('no tenant')
  await topics.alterConfig('rides', () => ({ 'retention.ms': '5' }))
  await createTopics(topics, topicRequest('mine'))
  await tenants.deleteApiKey(tenants.list()[0]?.id ?? '', apiKey.key)

  const more = { ...dev, topics: [...dev.topics, { name: 'green_rides' }] }
  expect(await apply(tenants, more)).toEqual({
    tenants: [],
    apiKeys: [apiKey.key],
    topics: ['green_rides'],
  })
  expect(topics.byName('rides')?.config).toEqual({ 'retention.ms': '5' })
  expect(topics.byName('mine')).toBeDefined()
})

test('a key that exists with another secret is an error that names it, and nothing is created', async () => {
  const { tenants } = await openTenants()
  await apply(tenants, dev)
  const changed = { ...dev, apiKeys: [{ ...apiKey, secret: 'another one' }] }
  const error = await apply(tenants, { name: 'new' }, changed).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(PresetError)
  expect(error.message).toBe(
    "Cluster 'dev' of environment 'default': The API key TESTKEY234567ABC exists with another secret.",
  )
  expect(tenants.list()).toHaveLength(1)
})

test('a key that exists in another cluster is an error that names it', async () => {
  const { tenants } = await openTenants()
  await apply(tenants, dev)
  await expect(apply(tenants, { name: 'other', apiKeys: [apiKey] })).rejects.toThrow(
    'The API key TESTKEY234567ABC belongs to another cluster.',
  )
})

test('a topic that cannot be created is an error that names it', async () => {
  const { tenants } = await openTenants()
  const topics = [{ name: 'a.b' }, { name: 'a_b' }]
  await expect(apply(tenants, { name: 'dev', topics })).rejects.toThrow(
    "topic 'a_b': Topic 'a_b' collides with existing topic: a.b",
  )
})
