import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { processMemoryVariables } from '../../../broker/rules/process-memory.ts'

/** The built broker alone: nothing else of the product is measured. */
export interface BrokerProcess {
  readonly pid: number
  readonly port: number
  readonly dataDir: string
  /** Asks the control interface; resolves with the JSON of the answer, if it has any. */
  control(method: 'GET' | 'DELETE', path: string): Promise<unknown>
  /** The most that it ever had resident, as the kernel counted it. */
  peakMiB(): number
  /** Ends it, and deletes its data. */
  stop(): Promise<void>
}

export async function startBrokerProcess(preset: string): Promise<BrokerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-broker-'))
  const broker = spawn(process.execPath, [resolve('dist/broker.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // As boot starts it.
      ...processMemoryVariables(process.env),
      ...{ DATA_DIR: dataDir, KAFKA_PORT: '0', TRIBUTARY_PRESET: preset },
    },
  })
  const kill = () => broker.kill('SIGKILL')
  process.once('exit', kill)
  const lines = createInterface({ input: broker.stdout })
  await Promise.race([
    once(lines, 'line'),
    once(broker, 'exit').then(([code]) => {
      throw new Error(`The broker ended with ${code} before it was ready`)
    }),
  ])
  const runtime = JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8'))
  const { pid } = broker
  if (pid === undefined) throw new Error('A broker that is ready is a process.')
  return {
    pid,
    port: runtime.kafkaPorts[0],
    dataDir,
    async control(method, path) {
      const headers = { authorization: `Bearer ${runtime.control.token}` }
      const response = await fetch(new URL(path, runtime.control.broker), { method, headers })
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`)
      return response.status === 204 ? undefined : response.json()
    },
    peakMiB() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
    },
    async stop() {
      const ended = once(broker, 'exit')
      broker.kill('SIGTERM')
      await ended
      process.off('exit', kill)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
