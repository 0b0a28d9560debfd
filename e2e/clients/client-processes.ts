import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

export interface ConsumedRecord {
  readonly event: 'record'
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly value: string
}
type ClientEvent = ConsumedRecord | { readonly event: 'assigned'; readonly partitions: number[] }

/** One client under test: how to run it, and how its keys choose partitions. */
export interface Client {
  readonly name: string
  readonly program: readonly [string, ...string[]]
  readonly partitioner: 'murmur2' | 'crc32'
  /** Prints the version, to say clearly when the toolchain is missing. */
  readonly probe: readonly [string, ...string[]]
}

export const clients: readonly Client[] = [
  {
    name: 'kcat',
    program: ['node', 'e2e/clients/kcat/client.mjs'],
    partitioner: 'crc32',
    probe: ['kcat', '-V'],
  },
  {
    name: 'kafkajs',
    program: ['node', 'e2e/clients/kafkajs/client.mjs'],
    partitioner: 'murmur2',
    probe: ['node', '-e', 'import("kafkajs")'],
  },
  {
    name: 'platformatic-kafka',
    program: ['node', 'e2e/clients/platformatic-kafka/client.mjs'],
    partitioner: 'murmur2',
    probe: ['node', '-e', 'import("@platformatic/kafka")'],
  },
  {
    name: 'kafka-python',
    program: ['/usr/bin/python3', 'e2e/clients/kafka-python/client.py'],
    partitioner: 'murmur2',
    probe: ['/usr/bin/python3', '-c', 'import kafka; assert kafka.__version__ == "2.0.2"'],
  },
]

/**
 * Runs a client to its end and returns what it reported; rejects where it fails. It connects by TLS
 * where it is given a file of authorities to trust.
 */
export async function runClient(
  client: Client,
  arguments_: readonly string[],
  input = '',
  caFile?: string,
): Promise<ClientEvent[]> {
  const running = startClient(client, arguments_, caFile)
  running.process.stdin.end(input)
  const code = await running.ended
  if (code !== 0) {
    throw new Error(`${client.name} ${arguments_[0]} ended with ${code}:\n${running.complaints()}`)
  }
  return [...running.events]
}

/** A consumer in a group, watched from outside. */
export interface Member {
  /** Its latest assignment; null before the first. */
  assignment(): readonly number[] | null
  readonly records: readonly ConsumedRecord[]
  /** Ends it without a word to the broker. */
  kill(): Promise<void>
  /** Lets it leave the group. */
  leave(): Promise<void>
}

export function startMember(
  client: Client,
  keyFile: string,
  topic: string,
  group: string,
  onChange: () => void,
): Member {
  const running = startClient(client, ['member', keyFile, topic, group])
  const records: ConsumedRecord[] = []
  let partitions: readonly number[] | null = null
  running.emitter.on('event', (event: ClientEvent) => {
    if (event.event === 'assigned') partitions = [...event.partitions].sort()
    else records.push(event)
    onChange()
  })
  return {
    assignment: () => partitions,
    records,
    async kill() {
      if (running.process.pid === undefined) throw new Error(`${client.name} did not start`)
      process.kill(-running.process.pid, 'SIGKILL')
      await running.ended
    },
    async leave() {
      running.process.stdin.end()
      await running.ended
    },
  }
}

function startClient(client: Client, arguments_: readonly string[], caFile?: string) {
  const [command, ...prefix] = client.program
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    command,
    [...prefix, ...arguments_],
    // A process group of its own: kcat runs below a wrapper, and both must die at once.
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...(caFile !== undefined && { SSL_CA_FILE: caFile }) },
    },
  )
  const emitter = new EventEmitter()
  const events: ClientEvent[] = []
  const complaints: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event: ClientEvent = JSON.parse(line)
    events.push(event)
    emitter.emit('event', event)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line)
  })
  const ended = once(child, 'close').then(([code]): number | null => code)
  return {
    process: child,
    events,
    emitter,
    ended,
    complaints: () => complaints.slice(-20).join('\n'),
  }
}
