import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import type { ClusterAddress } from './cluster-address.ts'
import { connectCluster } from './connect-cluster.ts'
import { internalAddress } from './credentials.ts'
import { findKeyCluster } from './key-cluster.ts'
import { createRecordWriter } from './record-writer.ts'
import { requiredAuthority } from './required-authority.ts'

const internalKey = randomBytes(32)
const clusterId = presetClusterId('default', 'dev')
const apiKey = { key: 'TESTKEY234567ABC', secret: 'secret-of-the-test' }
const clusters = [{ name: 'dev', apiKeys: [apiKey], topics: [{ name: 'rides', partitions: 2 }] }]
const securityProtocols = ['SASL_SSL'] as const
let dataDir: string
let broker: RunningBroker

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'kafka-tls-'))
  const storage = { dataDir }
  broker = await startBroker({ internalKey, clusters, storage, securityProtocols, log: () => {} })
})
afterAll(async () => {
  await broker.close()
  rmSync(dataDir, { recursive: true })
})

function keyAddress(): ClusterAddress {
  return {
    bootstrap: broker.ports.map((port) => ({ host: '127.0.0.1', port })),
    username: apiKey.key,
    password: apiKey.secret,
    ...requiredAuthority({ dataDir, securityProtocols }),
  }
}

test('an API key signs in by TLS where the ports accept nothing else', async () => {
  const cluster = connectCluster(keyAddress())
  const writer = createRecordWriter(keyAddress(), 'rides')
  const bytes = Buffer.from('by TLS')
  await writer.open()
  const record = { key: bytes, value: bytes, headers: [], timestampMs: Date.now() }
  await writer.send(await writer.prepare([record]))
  writer.close()
  expect((await cluster.admin.describeTopic('rides'))?.partitionCount).toBe(2)
  expect(await findKeyCluster(keyAddress(), apiKey)).toBe(clusterId)
  await cluster.close()
})

test('without TLS its key is refused, and our own processes are let in', async () => {
  const { bootstrap } = keyAddress()
  expect(await findKeyCluster({ bootstrap }, apiKey)).toBeNull()
  const cluster = connectCluster(
    internalAddress(clusterId, { internalKey, kafkaPorts: broker.ports }),
  )
  expect((await cluster.admin.describeTopic('rides'))?.partitionCount).toBe(2)
  await cluster.close()
})

test('another authority is not trusted', async () => {
  const other = await startBroker({ log: () => {} })
  const authority = await other.certificateAuthority()
  await other.close()
  const { bootstrap } = keyAddress()
  await expect(findKeyCluster({ bootstrap, authority }, apiKey)).rejects.toHaveProperty(
    'code',
    'BROKER_UNREACHABLE',
  )
})

test('no authority is needed where plaintext is accepted', () => {
  const both = ['SASL_PLAINTEXT', 'SASL_SSL'] as const
  expect(requiredAuthority({ dataDir: '/nowhere', securityProtocols: both })).toEqual({})
})
