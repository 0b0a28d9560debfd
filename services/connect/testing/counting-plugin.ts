import type { ConnectorPlugin, Task, TaskContext } from '../plugin.ts'

/** The smallest source: it counts, one record whenever a test asks for one. */
export interface CountingPlugin {
  readonly plugin: ConnectorPlugin
  /** Makes the next record of every task that runs; resolves with what `produce` said of each. */
  tick(): Promise<readonly boolean[]>
  /** Fails every task that runs with this reason. */
  failAll(reason: string): void
}

export function createCountingPlugin(): CountingPlugin {
  const running = new Set<CountingTask>()
  const definition = {
    type: 'STRING',
    required: false,
    default_value: null,
    importance: 'HIGH',
    documentation: 'For tests.',
    group: 'Counting',
    width: 'NONE',
    dependents: [],
    order: 1,
    alias: '',
  } as const
  return {
    plugin: {
      pluginClass: 'CountingSource',
      type: 'source',
      displayName: 'Counting Source',
      definitions: [
        { ...definition, name: 'kafka.topic', required: true, display_name: 'Topic name' },
        {
          ...definition,
          name: 'step',
          type: 'INT',
          default_value: '1',
          min: 1,
          display_name: 'Step',
        },
        {
          ...definition,
          name: 'format',
          display_name: 'Format',
          allowed: ['JSON', 'AVRO'],
          unavailable: { AVRO: 'AVRO needs a Schema Registry.' },
        },
        { ...definition, name: 'label', display_name: 'Label', lengthMax: 10 },
      ],
      validate: ({ step }) =>
        step === '13' ? [{ name: 'step', message: 'Steps of 13 bring bad luck.' }] : [],
      preview: ({ step }, count) =>
        step === '13'
          ? { problem: 'Steps of 13 bring bad luck.' }
          : Array.from({ length: count }, (_, i) => ({
              key: null,
              value: String(i * Number(step)),
            })),
      start(context) {
        const task = startTask(context, () => running.delete(task))
        running.add(task)
        return task
      },
    },
    tick: () => Promise.all([...running].map((task) => task.tick())),
    failAll(reason) {
      for (const task of [...running]) task.fail(reason)
    },
  }
}

interface CountingTask extends Task {
  tick(): Promise<boolean>
  fail(reason: string): void
}

function startTask(context: TaskContext, onStop: () => void): CountingTask {
  // Only what this plugin stored comes back.
  let next = ((context.position as { last: number } | null)?.last ?? -1) + 1
  const step = Number(context.config.step)
  return {
    async tick() {
      const last = next
      next += 1
      return context.produce(
        {
          key: String(last % 3),
          value: String(last * step),
          headers: [{ name: 'generation', value: String(context.generation) }],
        },
        { last },
      )
    },
    fail: context.fail,
    stop: onStop,
  }
}
