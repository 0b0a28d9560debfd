import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createTurnstile } from '../../support/turnstile.ts'
import { spawnJava } from './maven-jars.ts'

/** What a program told: its kind, and what belongs to it. */
export interface JavaEvent {
  readonly event: string
  readonly [field: string]: unknown
}

export interface RunningProgram {
  /** All that it told so far. */
  readonly events: readonly JavaEvent[]
  /** Those of one kind. */
  told(event: string): readonly JavaEvent[]
  /** Resolves once that holds of what it told; rejects where the program failed, or its JVM ended. */
  until(holds: (events: readonly JavaEvent[]) => boolean, what: string): Promise<void>
  /** Resolves when it has ended by itself. */
  ended(): Promise<void>
  /** Waits for something else, and rejects where the program ends before that. */
  during<T>(work: Promise<T>): Promise<T>
  /** Asks it to end as it should be ended, and waits until it has. */
  stop(): Promise<void>
}

/** One JVM in which several of our Java programs run (`Host.java`). */
export interface JavaHost {
  start(program: string, options: object): RunningProgram
  /** Runs a program to its end; resolves with what it told. */
  run(program: string, options: object): Promise<readonly JavaEvent[]>
  /** The JVM exits without closing what its programs have open. */
  exit(): Promise<void>
  /** `kill -9`; may be called at any time. */
  kill(): Promise<void>
}

/** Starts a JVM; `flags` come before its main class. */
export function startHost(jars: string, flags: readonly string[] = [], heapMiB = 256): JavaHost {
  const java = spawnJava(jars, [...flags, 'Host'], heapMiB)
  const complaints: string[] = []
  const turnstile = createTurnstile()
  const programs: JavaEvent[][] = []
  let isRunning = true
  const closed = once(java, 'close').then(() => {
    isRunning = false
    turnstile.changed()
  })
  createInterface({ input: java.stderr }).on('line', (line) => complaints.push(line))
  createInterface({ input: java.stdout }).on('line', (line) => {
    const { id, ...event } = JSON.parse(line)
    programs[id]?.push(event)
    turnstile.changed()
  })
  java.stdin.on('error', () => {
    // It was killed: whoever waits for it learns that from its end.
  })

  function start(program: string, options: object): RunningProgram {
    const events: JavaEvent[] = []
    const id = programs.push(events) - 1
    java.stdin.write(`${JSON.stringify({ id, program, options })}\n`)
    const told = (name: string) => events.filter(({ event }) => event === name)
    const tail = () => JSON.stringify(events.slice(-5))
    const until: RunningProgram['until'] = (holds, what) =>
      turnstile.until(
        () => {
          if (holds(events)) return true
          const [failed] = told('failed')
          if (failed !== undefined) throw new JavaFailure(String(failed.error))
          if (isRunning) return false
          throw new Error(`The JVM of ${program} ended:\n${complaints.slice(-20).join('\n')}`)
        },
        () => `${what} of ${program}; it told ${events.length} events, last ${tail()}`,
        120_000,
      )
    const hasEnded = () => told('ended').length > 0
    const ended = () => until(hasEnded, 'the end')
    return {
      events,
      told,
      until,
      ended,
      during<T>(work: Promise<T>): Promise<T> {
        let isOver = false
        const over = work.finally(() => {
          isOver = true
          turnstile.changed()
        })
        const watched = until(() => isOver || hasEnded(), 'what was waited for').then(() => over)
        return Promise.race([over, watched])
      },
      async stop() {
        if (isRunning) java.stdin.write(`${JSON.stringify({ id, stop: true })}\n`)
        await ended()
      },
    }
  }

  return {
    start,
    async run(program, options) {
      const running = start(program, options)
      await running.ended()
      return running.events.slice(0, -1)
    },
    async exit() {
      java.stdin.end()
      await closed
    },
    async kill() {
      if (isRunning) java.kill('SIGKILL')
      await closed
    },
  }
}

/** What a Java program died of: `UnknownTopicOrPartitionException: …`. */
export class JavaFailure extends Error {}
