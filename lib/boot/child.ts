// Runs a child process for as long as the product runs.
//
// A child says `ready` or `failed` over its IPC channel (/ARCHITECTURE.md, "Processes"). One that
// dies afterwards is started again, with what it needs to take its old addresses; one that dies
// three times in a row before it was ready ends the program. A child that says itself why it
// cannot start is believed at once at the first start (a port in use does not become free by
// asking again), and only the third time later.

import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { refused, type Started, started } from './started.ts'

export interface ChildOptions<Ready> {
  /** As it stands in sentences: `The ${name} ended …`. */
  readonly name: string
  /** Absolute path of its bundle. */
  readonly script: string
  /** What its `ready` message carries. */
  readonly ready: z.ZodType<Ready>
  /** Its environment; `before` is what it said when it was last ready. */
  environment(before: Ready | undefined): NodeJS.ProcessEnv
  /** Called when it cannot be brought back; the program should then end. */
  onLost(reason: string): void
  /** Milliseconds before the n-th start in a row (n ≥ 1); doubles from 200 up to 5 s if absent. */
  backOffMs?(attempt: number): number
}

export interface SupervisedChild<Ready> {
  /** What it said when it was first ready; addresses stay the same over restarts. */
  readonly ready: Ready
  /** Milliseconds it gets to end by itself. Resolves when it has ended; calling twice is safe. */
  stop(patienceMs: number): Promise<void>
}

const deathsMax = 3
/** Reading 3 GB of log at start takes seconds, never a minute. */
const readyDeadlineMs = 60_000
/** A child that lived this long starts its series of deaths anew. */
const healthyMs = 30_000

/** Resolves when the child is ready for the first time, or with why it never was. */
export async function superviseChild<Ready>(
  options: ChildOptions<Ready>,
): Promise<Started<SupervisedChild<Ready>>> {
  let stopping = false
  let current: ChildProcess | undefined
  const ended = new AbortController()

  const launch = (before: Ready | undefined) => {
    const life = startOnce(options, before)
    current = life.process
    return life
  }

  /** Starts until ready; null when stopped meanwhile. */
  async function bringUp(before: Ready | undefined, deathsBefore: number) {
    let reason = ''
    for (let deaths = 0; deaths < deathsMax; deaths++) {
      const inARow = deathsBefore + deaths
      if (inARow > 0) {
        const delay = options.backOffMs?.(inARow) ?? Math.min(5000, 100 * 2 ** inARow)
        await wait(delay, undefined, { signal: ended.signal }).catch(() => {})
      }
      if (stopping) return null
      const life = launch(before)
      const outcome = await life.outcome
      if (outcome.ok) return started({ ready: outcome.value, life })
      if (stopping) return null
      reason = outcome.reason
      if (life.refusedItself() && before === undefined) return refused<never>(reason)
    }
    return refused<never>(reason)
  }

  async function keepUp(first: { ready: Ready; life: Life<Ready> }): Promise<void> {
    let life = first.life
    let quickDeaths = 0
    for (;;) {
      const bornMs = Date.now()
      const how = await life.ended
      if (stopping) return
      quickDeaths = Date.now() - bornMs < healthyMs ? quickDeaths + 1 : 0
      console.error(`The ${options.name} ended (${how}); starting it again.`)
      const back = await bringUp(first.ready, quickDeaths)
      if (back === null) return
      if (!back.ok) return options.onLost(back.reason)
      console.error(`The ${options.name} is back.`)
      life = back.value.life
    }
  }

  const up = await bringUp(undefined, 0)
  if (up === null || !up.ok) return refused(up?.reason ?? `The ${options.name} was stopped.`)
  void keepUp(up.value)
  return started({
    ready: up.value.ready,
    async stop(patienceMs) {
      stopping = true
      ended.abort()
      if (current) await endProcess(current, patienceMs)
    },
  })
}

interface Life<Ready> {
  readonly process: ChildProcess
  readonly outcome: Promise<Started<Ready>>
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>
  /** Whether it named the reason by itself. */
  refusedItself(): boolean
}

const message = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), reason: z.string() }),
])

function startOnce<Ready>(options: ChildOptions<Ready>, before: Ready | undefined): Life<Ready> {
  const child = fork(options.script, { env: options.environment(before), stdio: 'inherit' })
  let ownReason: string | undefined
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const outcome = new Promise<Started<Ready>>((resolve) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), readyDeadlineMs)
    child.on('message', (raw) => {
      const heard = message.safeParse(raw)
      if (!heard.success) return
      if (heard.data.type === 'failed') {
        // What ended it came first; what it says later may be about its ending.
        ownReason ??= heard.data.reason
        return
      }
      clearTimeout(deadline)
      const ready = options.ready.safeParse(raw)
      if (ready.success) return resolve(started(ready.data))
      ownReason = `The ${options.name} speaks another version of this program: build it again.`
      child.kill('SIGKILL')
    })
    void ended.then((how) => {
      clearTimeout(deadline)
      resolve(refused(ownReason ?? `The ${options.name} ended before it was ready (${how}).`))
    })
  })
  return { process: child, outcome, ended, refusedItself: () => ownReason !== undefined }
}

async function endProcess(child: ChildProcess, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await gone
  clearTimeout(impatient)
}
