import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { KeyFile } from '../support/key-file.ts'
import { createTurnstile } from '../support/turnstile.ts'

/** The built broker alone, with one node, on a data folder that a test looks into. */
export interface BrokerProcess {
  readonly pid: number
  /** How a client reaches it. */
  readonly file: KeyFile
  readonly ports: readonly number[]
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[]
  /** Whether it has ended. */
  readonly hasEnded: boolean
  /** Resolves with the exit code when it ends. */
  readonly ended: Promise<number | null>
  /** Resolves with the first line that matches; rejects where none comes in time. */
  line(pattern: RegExp): Promise<string>
  /** Ends it as Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>
  kill(): void
}

export interface BrokerProcessOptions {
  readonly dataDir: string
  readonly topics: readonly { readonly name: string; readonly partitions: number }[]
  readonly env?: Readonly<Record<string, string>>
  /** Beyond it the kernel refuses to write to a file, until `prlimit` lifts it. */
  readonly fileBytesMax?: number
}

const apiKey = { key: 'FOLDERKEY3456ABC', secret: 'folder-secret-that-is-long-enough' }

/** Starts it on free ports; resolves when it is ready. */
export async function startBrokerProcess(options: BrokerProcessOptions): Promise<BrokerProcess> {
  const broker = spawnBroker(options)
  await broker.line(/broker is ready/)
  const runtime = JSON.parse(readFileSync(join(options.dataDir, 'runtime.json'), 'utf8'))
  const ports: readonly number[] = runtime.kafkaPorts
  const file = { clusterId: '', bootstrapServer: `localhost:${ports[0]}`, ...apiKey }
  return Object.assign(broker, { file, ports })
}

/** Starts it without waiting: for folders on which it should not start. */
export function spawnBroker({ dataDir, topics, env, fileBytesMax }: BrokerProcessOptions) {
  const preset = join(dataDir, 'preset.json')
  const place = { provider: 'gcp', region: 'europe-west2' }
  const clusters = [{ name: 'dev', ...place, apiKeys: [apiKey], topics }]
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  const program = [process.execPath, resolve('dist/broker.mjs')]
  // The soft limit alone, which anybody may lift again.
  const limit = fileBytesMax === undefined ? [] : ['prlimit', `--fsize=${fileBytesMax}:`]
  const [command = '', ...args] = [...limit, ...program]
  const broker = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ DATA_DIR: dataDir, KAFKA_PORT: '0', TRIBUTARY_PRESET: preset, BROKERS: '1' },
      ...env,
    },
  })
  const kill = () => void broker.kill('SIGKILL')
  process.once('exit', kill)
  const lines: string[] = []
  const turnstile = createTurnstile()
  for (const stream of [broker.stdout, broker.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      turnstile.changed()
    })
  }
  const ended = once(broker, 'close').then(([code]: (number | null)[]) => {
    process.off('exit', kill)
    return code ?? null
  })
  return {
    pid: broker.pid ?? -1,
    lines,
    get hasEnded() {
      return broker.exitCode !== null || broker.signalCode !== null
    },
    ended,
    async line(pattern: RegExp): Promise<string> {
      const found = () => lines.find((line) => pattern.test(line))
      await turnstile.until(
        () => found() !== undefined,
        () => `no line ${pattern} in:\n${lines.join('\n')}`,
      )
      return found() ?? ''
    },
    stop(): Promise<number | null> {
      broker.kill('SIGTERM')
      return ended
    },
    kill,
  }
}
