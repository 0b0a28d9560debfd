import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Task, TaskContext } from '../../plugin.ts'
import { readRecordSource } from './source-of-records.ts'

/** Where a task goes on; `iteration` is the number of records that it has made. */
const storedPosition = z.object({
  iteration: z.number().int().nonnegative(),
  seed: z.number().int(),
  counters: z.array(z.number()).readonly().nullable(),
})
type Position = z.infer<typeof storedPosition>

/** Behind by more than this (the broker was away, the machine slept), it does not catch up. */
const backlogMsMax = 1000

/** More than this are not made at once, so that others get their turn. */
const togetherMax = 100

/** Templates take hundredths of this; a pasted schema may take ten times as much. */
const costlyMsMin = 5

/**
 * Makes one record after each pause of random length up to `max.interval`, as the connector does, so
 * that there are 2000 / max.interval a second on average. How long a record takes to be written
 * comes off the next pauses; those that are due meanwhile go together.
 */
export function startDatagenTask(context: TaskContext): Task {
  const { config, clock, taskId, generation } = context
  const read = readRecordSource(config)
  if (!read.ok) {
    const reasons = read.errors.map(({ message }) => message).join(' ')
    const start = 'Datagen connector could not start because of an error in the configuration'
    context.fail(`${start}: ${reasons}`)
    return { stop() {} }
  }
  const intervalMs = Number(config['max.interval'])
  const iterations = Number(config.iterations)
  const position = positionOf(context)
  const { seed } = position
  let { iteration } = position
  const records = read.source.open(position)
  let stopped = false
  const pauseMs = () => Math.random() * intervalMs
  let dueMs = clock.nowMs() + pauseMs()
  let timer = schedule()

  function schedule() {
    const nowMs = clock.nowMs()
    dueMs = Math.max(dueMs, nowMs - backlogMsMax)
    return clock.after(Math.max(0, dueMs - nowMs), () => {
      emit().catch((error: unknown) => {
        console.error('A record of a template could not be made:', error)
        context.fail(`A record could not be made: ${error}`)
      })
    })
  }

  /** A record that is costly to make puts the next one off by as long: others need the time, too. */
  function unhurried<T>(make: () => T): T {
    const beganMs = performance.now()
    const value = make()
    const tookMs = performance.now() - beganMs
    if (tookMs >= costlyMsMin) dueMs = clock.nowMs() + tookMs
    return value
  }

  /** Produces the next record; null where there are to be no more. */
  function produceNext(): Promise<boolean> | null {
    if (iterations > 0 && iteration >= iterations) return null
    const headers = [
      { name: 'task.generation', value: String(generation) },
      { name: 'task.id', value: String(taskId) },
      { name: 'current.iteration', value: String(iteration) },
    ]
    const record = { ...unhurried(records.next), headers }
    iteration += 1
    const position: Position = { iteration, seed, counters: records.counters() }
    return context.produce(record, position)
  }

  /** Everything that is due by now: one record, and more where writing the last took longer. */
  async function emit(): Promise<void> {
    const produced: Promise<boolean>[] = []
    let next = produceNext()
    while (next !== null) {
      produced.push(next)
      dueMs += pauseMs()
      if (dueMs > clock.nowMs() || produced.length >= togetherMax) break
      next = produceNext()
    }
    const areWritten = (await Promise.all(produced)).every(Boolean)
    if (!areWritten || stopped) return
    if (next !== null) timer = schedule()
    else {
      const said = `Stopping connector: generated the configured ${iterations} number of messages`
      context.fail(said)
    }
  }

  return {
    stop() {
      stopped = true
      timer.cancel()
    },
  }
}

function positionOf({ position }: TaskContext): Position {
  const stored = storedPosition.safeParse(position)
  return stored.success ? stored.data : { iteration: 0, seed: randomInt(2 ** 31), counters: null }
}
