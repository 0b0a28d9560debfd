import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../support/product.ts'
import { type ClusterReader, openClusterReader } from './cluster-reader.ts'

/** A cluster to be reached by its key file alone, and what the suite itself reads of it. */
export interface ClientCluster {
  readonly keyFile: string
  readonly reader: ClusterReader
  /** Polls the coordinator, which sends no event, until the group has committed up to these offsets. */
  committed(group: string, topic: string, offsets: readonly number[]): Promise<void>
  close(): Promise<void>
}

/** Starts the product with these topics, of two partitions each. */
export async function openClientCluster(topics: readonly string[] = []): Promise<ClientCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-client-cluster-'))
  const { key, secret } = { key: 'TESTKEY234567ABC', secret: 'secret-of-the-test' }
  const cluster = {
    name: 'dev',
    apiKeys: [{ key, secret }],
    topics: topics.map((name) => ({ name, partitions: 2 })),
  }
  const preset = join(folder, 'preset.json')
  writeFileSync(
    preset,
    JSON.stringify({ environments: [{ name: 'default', clusters: [cluster] }] }),
  )
  const product = await startProduct({ env: { TRIBUTARY_PRESET: preset } })
  const bootstrapServer = `localhost:${product.kafkaPorts[0]}`
  const keyFile = join(folder, 'api-key.txt')
  const lines = ['API key:', key, '', 'API secret:', secret, '', 'Bootstrap server:']
  writeFileSync(keyFile, [...lines, bootstrapServer, ''].join('\n'))
  const reader = await openClusterReader({ clusterId: '', key, secret, bootstrapServer })
  return {
    keyFile,
    reader,
    async committed(group, topic, offsets) {
      const deadline = Date.now() + 30_000
      for (;;) {
        const now = await reader.committed(group, topic, offsets.length)
        if (now.join() === offsets.join()) return
        if (Date.now() > deadline) throw new Error(`${group} committed ${now}, wanted ${offsets}`)
      }
    },
    async close() {
      reader.close()
      await product.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
