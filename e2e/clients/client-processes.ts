import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { AdminAnswer, AdminRequests, AdminStep } from './admin-requests.ts'
import type { Client } from './client-table.ts'

export interface ConsumedRecord {
  readonly event: 'record'
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly value: string
}
type ClientEvent =
  | ConsumedRecord
  | { readonly event: 'assigned'; readonly partitions: number[] }
  | AdminAnswer

export interface ConnectionOptions {
  /** A file of authorities to trust; without one it connects by plaintext. */
  readonly caFile?: string
  /** How long it may try what does not succeed; without it, as long as a loaded machine may take. */
  readonly patienceMs?: number
}

/** Runs a client to its end and returns what it reported; rejects where it fails. */
export async function runClient(
  client: Client,
  arguments_: readonly string[],
  input = '',
  options: ConnectionOptions = {},
): Promise<ClientEvent[]> {
  const running = startClient(client, arguments_, options)
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
    else if (event.event === 'record') records.push(event)
    onChange()
  })
  return {
    assignment: () => partitions,
    records,
    kill: running.kill,
    async leave() {
      running.process.stdin.end()
      const code = await running.ended
      if (code !== 0) {
        throw new Error(`${client.name} member ended with ${code}:\n${running.complaints()}`)
      }
    },
  }
}

/** A client's `admin` command, which does one thing after another. */
export interface AdminSession {
  ask<Step extends AdminStep>(step: Step, request: AdminRequests[Step]): Promise<AdminAnswer>
  close(): Promise<void>
}

export function startAdmin(
  client: Client,
  keyFile: string,
  options: ConnectionOptions = {},
): AdminSession {
  const running = startClient(client, ['admin', keyFile], options)
  return {
    async ask(step, request) {
      const answered = once(running.emitter, 'event')
      running.process.stdin.write(`${JSON.stringify({ do: step, ...request })}\n`)
      const ended = running.ended.then((code) => {
        const what = JSON.stringify(request)
        throw new Error(
          `${client.name} ended with ${code} at ${step} ${what}:\n${running.complaints()}`,
        )
      })
      const [answer] = await Promise.race([answered, ended])
      return answer
    },
    async close() {
      running.process.stdin.end()
      await running.ended
    },
  }
}

function startClient(
  client: Client,
  arguments_: readonly string[],
  { caFile, patienceMs }: ConnectionOptions = {},
) {
  const [command, ...prefix] = client.program.command
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    command,
    [...prefix, ...arguments_],
    // A process group of its own: kcat runs below a wrapper, and both must die at once.
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: {
        ...process.env,
        ...(caFile !== undefined && { SSL_CA_FILE: caFile }),
        ...(patienceMs !== undefined && { PATIENCE_MS: `${patienceMs}` }),
      },
    },
  )
  const emitter = new EventEmitter()
  const events: ClientEvent[] = []
  const complaints: string[] = []
  // One that has ended does not read on; its code tells why.
  child.stdin.on('error', () => {})
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
    async kill() {
      if (child.pid === undefined) throw new Error(`${client.name} did not start`)
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
      await ended
    },
  }
}
