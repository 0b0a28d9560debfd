/** Commands as a person types them into a shell, watched by what they print. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import { createTurnstile } from '../support/turnstile.ts'

/** The folder that a command is typed in, and what the shell knows. */
export interface Shell {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** What stands before each command, such as the words that enter another network. */
  readonly prefix?: readonly string[]
}

/** Every program of the page writes this many orders. */
const orderCount = 10

/** Resolves with what it printed, where it ends well. */
export async function runToEnd(command: string, shell: Shell): Promise<readonly string[]> {
  const running = start(command, shell)
  expect(await running.ended, `${command}\n${running.printed()}`).toBe(0)
  return running.lines
}

/** Runs a consumer until it has printed every order, and ends it. */
export async function readsEveryOrder(command: string, shell: Shell): Promise<void> {
  const running = start(command, shell)
  try {
    await running.until((lines) => {
      const orders = lines.flatMap((line) => /"orderid": ?(\d+)/.exec(line)?.[1] ?? [])
      return new Set(orders).size === orderCount
    })
  } finally {
    running.stop()
    await running.ended
  }
}

export function start(command: string, { folder, environment = {}, prefix = [] }: Shell) {
  const [program = 'sh', ...words] = [...prefix, 'sh', '-c', command]
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the shell starts ends with it.
    detached: true,
  })
  const lines: string[] = []
  const turnstile = createTurnstile()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      turnstile.changed()
    })
  }
  const printed = () => lines.slice(-20).join('\n')
  let code: number | null | undefined
  const ended = once(child, 'close').then(([exitCode]): number | null => {
    code = exitCode
    turnstile.changed()
    return exitCode
  })
  return {
    ended,
    lines,
    printed,
    until: (isDone: (lines: readonly string[]) => boolean) =>
      turnstile.until(
        () => {
          if (isDone(lines)) return true
          if (code !== undefined) throw new Error(`${command} ended with ${code}:\n${printed()}`)
          return false
        },
        () => `${command}:\n${printed()}`,
      ),
    stop() {
      if (child.pid !== undefined && code === undefined) process.kill(-child.pid, 'SIGKILL')
    },
  }
}
