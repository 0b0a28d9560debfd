import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tlsFiles, tlsFolder } from '../../../broker/rules/tls.ts'
import { type BrokerProcess, startBrokerProcess } from '../compaction/broker-process.ts'
import type { SignInTarget } from './sign-in.ts'

/** A broker with one cluster whose limit of connections is raised, and a topic to produce to. */
export interface BrokerForConnections {
  readonly broker: BrokerProcess
  readonly target: SignInTarget & { readonly topic: string }
  stop(): Promise<void>
}

const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }

export async function startForConnections(connections: number): Promise<BrokerForConnections> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  const preset = join(folder, 'preset.json')
  const topics = [{ name: 'probe', partitions: 1 }]
  const clusters = [{ name: 'bench', apiKeys: [apiKey], topics, limits: { connections } }]
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  const broker = await startBrokerProcess(preset)
  const authority = readFileSync(join(broker.dataDir, tlsFolder, tlsFiles.certificate), 'utf8')
  return {
    broker,
    target: { port: broker.port, ...apiKey, authority, topic: 'probe' },
    async stop() {
      await broker.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
