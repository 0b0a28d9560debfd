import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BrokerStartError, startBroker } from './index.ts'
import { ListOffsets } from './protocol/messages/list-offsets.ts'
import { Metadata } from './protocol/messages/metadata.ts'
import { Produce } from './protocol/messages/produce.ts'
import { tlsFiles, tlsFolder } from './rules/tls.ts'
import { PRODUCE_VERSION, produceRequest } from './testing/produce.ts'
import { dialPort, startTestBroker } from './testing/test-broker.ts'

describe('startBroker', () => {
  it('advertises as many nodes as it was asked for, each on a port of its own', async () => {
    for (const brokers of [1, 2, 3]) {
      const broker = await startTestBroker({ brokers })
      const client = await broker.connect({ node: brokers })
      const seen = await client.send(Metadata, 9, { topics: [] })
      expect(seen.brokers.map(({ port }) => port)).toEqual(broker.ports)
      expect(new Set(broker.ports).size).toBe(brokers)
      expect(broker.bootstrapServers).toBe(`localhost:${broker.ports[0]}`)
      await broker.close()
      await broker.close()
    }
  })

  it('refuses a port in use in a sentence that names it and KAFKA_PORT, and lets the others go', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const taken = typeof address === 'object' && address !== null ? address.port : 0
    const free = await startTestBroker({ brokers: 1 })
    const [released = 0] = free.ports
    await free.close()
    const start = startBroker({ ports: [released, taken], log() {} })
    await expect(start).rejects.toThrow(BrokerStartError)
    await expect(start).rejects.toThrow(new RegExp(`Port ${taken} .* KAFKA_PORT`))
    await expect(dialPort(released)).rejects.toThrow('ECONNREFUSED')
    holder.close()
  })

  it('refuses clusters, versions and node counts that make no sense, in a sentence', async () => {
    const wrong = [
      { clusters: [{ name: 'a', apiKeys: [{ key: 'short', secret: 'secret-secret' }] }] },
      { maxKafkaVersion: '0.8' },
      { brokers: 4 },
    ]
    for (const options of wrong) {
      await expect(startBroker({ ...options, log() {} })).rejects.toThrow(BrokerStartError)
    }
  })

  it('names what is wrong with a damaged authority, and replaces nothing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'broker-'))
    const authority = join(dataDir, tlsFolder, tlsFiles.authority)
    mkdirSync(join(dataDir, tlsFolder))
    writeFileSync(authority, 'damaged')
    const starting = startBroker({ storage: { dataDir }, log() {} })
    await expect(starting).rejects.toThrow(BrokerStartError)
    await expect(starting).rejects.toThrow(/^tls\/authority\.pem .*restore it, or delete it/)
    expect(readFileSync(authority, 'utf8')).toBe('damaged')
    rmSync(dataDir, { recursive: true })
  })

  it('keeps what was acknowledged, over a stop and a start on the same folder', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'broker-'))
    const first = { topics: [{ name: 'rides', partitions: 1 }] }
    const before = await startTestBroker({ storage: { dataDir }, first })
    const producer = await before.connect()
    await producer.send(Produce, PRODUCE_VERSION, produceRequest('rides', 0, ['a', 'b', 'c']))
    await before.close()
    const after = await startTestBroker({ storage: { dataDir }, first })
    const client = await after.connect()
    const topics = [{ name: 'rides', partitions: [{ partitionIndex: 0, timestamp: -1 }] }]
    const latest = await client.send(ListOffsets, 2, { replicaId: -1, topics })
    expect(latest.topics[0]?.partitions[0]?.offset).toBe(3)
    await after.close()
    rmSync(dataDir, { recursive: true })
  })
})
