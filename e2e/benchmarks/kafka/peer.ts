import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { KafkaClient } from '../../../broker/protocol/client.ts'

/** A broker that is measured, as everybody starts it who reads its manual. */
export interface Peer {
  readonly name: string
  /** What differs from its defaults, and how its process is run. */
  readonly configuration: readonly string[]
  /** Makes an empty data folder usable, before the clock runs. */
  prepare(folder: string): Promise<void>
  /** Starts the process on a prepared folder; it need not answer yet. */
  start(folder: string): Promise<StartedPeer>
}

export interface StartedPeer {
  readonly bootstrapServer: string
  /** What its clients set beside the address. */
  readonly clientProperties: readonly string[]
  readonly process: ChildProcess
  /** Connects to a port of it; rejects where nobody listens yet. */
  connect(port: number): Promise<KafkaClient>
}

export function portOf({ bootstrapServer }: StartedPeer): number {
  return Number(bootstrapServer.split(':')[1])
}

/** Ends it as an operator would, and waits until it is gone. */
export async function stopPeer({ process: broker }: StartedPeer): Promise<void> {
  if (broker.exitCode !== null || broker.signalCode !== null) return
  const closed = once(broker, 'close')
  broker.kill('SIGTERM')
  await closed
}

/** A broker's process, which does not outlive the benchmark. */
export function spawnBroker(
  command: string,
  arguments_: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const broker = spawn(command, arguments_, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let complaints = ''
  broker.stderr.on('data', (piece) => {
    complaints = `${complaints}${piece}`.slice(-4000)
  })
  broker.once('close', (code) => {
    // 128 + SIGTERM is how a JVM ends that was asked to.
    if (code !== null && code !== 0 && code !== 143) console.error(complaints)
  })
  const kill = () => broker.kill('SIGKILL')
  process.once('exit', kill)
  broker.once('close', () => process.off('exit', kill))
  return broker
}
