import { expect, test } from 'vitest'
import { createTopics, openTenants, putTenant, topicRequest } from './cluster-for-tests.ts'
import { internalPassword, internalUsername } from './credentials.ts'
import { isControlRefusal } from './tenants.ts'

const key = 'TESTKEY234567ABC'
const secret = 'a secret of some length'

async function openWithKey() {
  const opened = await openTenants()
  const tenant = await putTenant(opened.tenants)
  await opened.tenants.putApiKey(tenant.id, key, secret)
  return { ...opened, tenant }
}

test('a key signs in to its tenant with its secret, and after a restart', async () => {
  const { tenants, tenant, storage } = await openWithKey()
  expect(tenants.authenticate(key, secret)).toEqual({
    tenant,
    username: key,
    principal: `User:${key}`,
    internal: false,
  })
  const restarted = (await openTenants(storage)).tenants
  expect(restarted.authenticate(key, secret)?.tenant.id).toBe(tenant.id)
})

test.each([
  [key, 'another secret'],
  [key, ''],
  [key, secret.toUpperCase()],
  ['UNKNOWNKEY234567', secret],
  ['', ''],
  ['__proto__', secret],
])('%j with %j signs in to nothing', async (username, password) => {
  const { tenants } = await openWithKey()
  expect(tenants.authenticate(username, password)).toBeNull()
})

test('the secret is not kept', async () => {
  const { storage } = await openWithKey()
  const { apiKeys } = await storage.catalogue.load()
  expect(apiKeys[0]?.secretHash).toHaveLength(32)
  expect(JSON.stringify(apiKeys)).not.toContain(secret)
})

test('putting a key again changes nothing; another secret or tenant is refused by name', async () => {
  const { tenants, tenant } = await openWithKey()
  const other = await putTenant(tenants, 'lkc-bbbbb2')
  expect(await tenants.putApiKey(tenant.id, key, secret)).toBe(tenants.apiKeysOf(tenant.id)[0])
  expect(await tenants.putApiKey(tenant.id, key, 'another secret')).toEqual({
    refused: 'conflict',
    message: `The API key ${key} exists with another secret.`,
  })
  expect(await tenants.putApiKey(other.id, key, secret)).toEqual({
    refused: 'conflict',
    message: `The API key ${key} belongs to another cluster.`,
  })
  expect(await tenants.putApiKey('lkc-ccccc3', key, secret)).toMatchObject({ refused: 'absent' })
  expect(await tenants.putApiKey(tenant.id, 'short', secret)).toMatchObject({ refused: 'invalid' })
  expect(await tenants.putApiKey(tenant.id, 'A234567890123456', 'short')).toMatchObject({
    refused: 'invalid',
  })
  expect(tenants.authenticate(key, secret)?.tenant).toBe(tenant)
  expect(tenants.apiKeysOf(other.id)).toEqual([])
})

test('of two tenants that put one key at once, one gets it', async () => {
  const { tenants } = await openTenants()
  await putTenant(tenants, 'lkc-aaaaa1')
  await putTenant(tenants, 'lkc-bbbbb2')
  const results = await Promise.all([
    tenants.putApiKey('lkc-aaaaa1', key, secret),
    tenants.putApiKey('lkc-bbbbb2', key, secret),
  ])
  expect(results.map(isControlRefusal)).toEqual([false, true])
})

test('a cluster has as many keys as its type allows', async () => {
  const { tenants } = await openTenants()
  await putTenant(tenants, 'lkc-aaaaa1', { apiKeys: 1 })
  await tenants.putApiKey('lkc-aaaaa1', key, secret)
  const refusal = await tenants.putApiKey('lkc-aaaaa1', 'SECONDKEY2345678', secret)
  expect(refusal).toEqual({
    refused: 'limit',
    message: 'The cluster lkc-aaaaa1 has 1 API keys already, the most that its type allows.',
  })
  await tenants.deleteApiKey('lkc-aaaaa1', key)
  const record = await tenants.putApiKey('lkc-aaaaa1', 'SECONDKEY2345678', secret)
  expect(isControlRefusal(record)).toBe(false)
})

test('a deleted key signs in no more, and who keeps its connections is told', async () => {
  const { tenants, tenant, storage } = await openWithKey()
  const told: string[] = []
  const stop = tenants.listen({ onApiKeyDeleted: (...names) => told.push(names.join(' ')) })

  await tenants.deleteApiKey('lkc-bbbbb2', key)
  expect(tenants.authenticate(key, secret)).not.toBeNull()
  await tenants.deleteApiKey(tenant.id, key)
  await tenants.deleteApiKey(tenant.id, key)

  expect(told).toEqual([`${tenant.id} ${key}`])
  expect(tenants.authenticate(key, secret)).toBeNull()
  expect((await storage.catalogue.load()).apiKeys).toEqual([])
  stop()
  await tenants.putApiKey(tenant.id, key, secret)
  await tenants.deleteApiKey(tenant.id, key)
  expect(told).toHaveLength(1)
})

test('a deleted tenant takes its keys and topics with it', async () => {
  const { tenants, tenant, storage } = await openWithKey()
  const kept = await putTenant(tenants, 'lkc-bbbbb2')
  await createTopics(tenant.topics, 't')
  await createTopics(kept.topics, 't')
  const told: string[] = []
  tenants.listen({
    onTopicDeleted: (id, topic) => told.push(`topic ${id} ${topic.name}`),
    onApiKeyDeleted: (id) => told.push(`key ${id}`),
    onTenantDeleted: (id) => told.push(`tenant ${id}`),
  })

  await tenants.deleteTenant(tenant.id)
  await tenants.deleteTenant(tenant.id)

  expect(told).toEqual([`topic ${tenant.id} t`, `key ${tenant.id}`, `tenant ${tenant.id}`])
  expect(tenants.get(tenant.id)).toBeUndefined()
  expect(tenants.list()).toEqual([kept])
  expect(tenants.authenticate(key, secret)).toBeNull()
  const left = await storage.catalogue.load()
  expect(left.topics.map(({ tenantId }) => tenantId)).toEqual([kept.id])
  expect(left.apiKeys).toEqual([])
})

test('a tenant is deleted after what was begun, and nothing comes after it', async () => {
  const { tenants, tenant, storage } = await openWithKey()
  const [begun] = await Promise.all([
    createTopics(tenant.topics, 'begun'),
    tenants.deleteTenant(tenant.id),
  ])
  expect(begun).toMatchObject([{ name: 'begun' }])
  expect(await tenant.topics.create([topicRequest('late')])).toEqual([
    { error: 'CLUSTER_AUTHORIZATION_FAILED' },
  ])
  expect(tenant.topics.size).toBe(0)
  expect((await storage.catalogue.load()).topics).toEqual([])
})

test('putting a tenant again gives it the new type and limits and keeps what it has', async () => {
  const { tenants, tenant, storage } = await openWithKey()
  await createTopics(tenant.topics, 't')
  expect(tenant.limits.partitions).toBe(1500)
  const again = await tenants.putTenant(tenant.id, { type: 'STANDARD', limits: { apiKeys: 7 } })
  expect(again).toBe(tenant)
  expect(tenant).toMatchObject({ type: 'STANDARD', limitOverrides: { apiKeys: 7 } })
  expect(tenant.limits).toMatchObject({ partitions: 2500, apiKeys: 7 })
  expect(tenant.topics.size).toBe(1)
  const restarted = (await openTenants(storage)).tenants.get(tenant.id)
  expect(restarted?.limits).toEqual(tenant.limits)
})

test('an id that is no cluster id is refused, and a limit that there is not', async () => {
  const { tenants } = await openTenants()
  expect(await tenants.putTenant('console.lkc-aaaaa1')).toMatchObject({ refused: 'invalid' })
  expect(await tenants.putTenant('lkc-aaaaa1', { limits: { partition: 1 } })).toMatchObject({
    refused: 'invalid',
    message: expect.stringContaining("There is no limit 'partition'"),
  })
  expect(tenants.list()).toEqual([])
})

test('our own processes sign in with a password that only the internal key gives', async () => {
  const internalKey = new Uint8Array(32).fill(7)
  const { tenants } = await openTenants(undefined, { internalKey })
  const tenant = await putTenant(tenants)
  const username = internalUsername(tenant.id)
  const password = internalPassword(internalKey, username)

  expect(username).toBe('console.lkc-aaaaa1')
  expect(tenants.authenticate(username, password)).toEqual({
    tenant,
    username,
    principal: 'User:console.lkc-aaaaa1',
    internal: true,
  })
  expect(tenants.authenticate(username, 'wrong')).toBeNull()
  const otherKey = new Uint8Array(32).fill(8)
  expect(tenants.authenticate(username, internalPassword(otherKey, username))).toBeNull()
  const stranger = internalUsername('lkc-bbbbb2')
  expect(tenants.authenticate(stranger, internalPassword(internalKey, stranger))).toBeNull()
  expect(tenants.apiKeysOf(tenant.id)).toEqual([])
})

test('without an internal key there is no internal principal', async () => {
  const { tenants } = await openTenants()
  await putTenant(tenants)
  const username = internalUsername('lkc-aaaaa1')
  expect(tenants.authenticate(username, internalPassword(new Uint8Array(), username))).toBeNull()
})
