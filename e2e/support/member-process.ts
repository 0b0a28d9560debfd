import { fork } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { KeyFile } from './key-file.ts'
import { createTurnstile } from './turnstile.ts'

/** A member of a group in a process of its own. */
export interface MemberProcess {
  readonly clientId: string
  /** What it was given last; null before it has joined. */
  partitions(): readonly number[] | null
  /** Resolves when what it was given last is so. */
  given(isSo: (partitions: readonly number[]) => boolean): Promise<void>
  /** Ends it as SIGKILL does: it leaves no group, and closes nothing. */
  kill(): void
}

export interface MemberOptions {
  readonly groupId: string
  readonly topic: string
  readonly clientId: string
  readonly sessionTimeoutMs: number
}

const line = z.object({ partitions: z.array(z.number()) })

export function startMember(file: KeyFile, options: MemberOptions): MemberProcess {
  const { bootstrapServer, key, secret } = file
  const argument = JSON.stringify({ bootstrapServer, key, secret, ...options })
  const program = join(import.meta.dirname, 'group-member.mjs')
  const child = fork(program, [argument], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const turnstile = createTurnstile()
  let partitions: readonly number[] | null = null
  if (child.stdout === null) throw new Error('The member has no standard output.')
  createInterface({ input: child.stdout }).on('line', (text) => {
    partitions = line.parse(JSON.parse(text)).partitions
    turnstile.changed()
  })
  return {
    clientId: options.clientId,
    partitions: () => partitions,
    given: (isSo) =>
      turnstile.until(
        () => partitions !== null && isSo(partitions),
        () => `${options.clientId} was given ${JSON.stringify(partitions)}`,
      ),
    kill: () => void child.kill('SIGKILL'),
  }
}
