import type { AddConnectorStep } from '../../../lib/queries/add-connector.ts'
import { configurationKeys } from './configuration-keys.ts'

interface Step {
  readonly id: AddConnectorStep
  /** In Confluent's words. */
  readonly name: string
  /** Keys of the configuration that have a field there. */
  readonly keys: readonly string[]
}

export const steps: readonly Step[] = [
  { id: 'topic', name: 'Topic selection', keys: ['kafka.topic'] },
  {
    id: 'credentials',
    name: 'Kafka credentials',
    keys: ['kafka.auth.mode', 'kafka.api.key', 'kafka.api.secret'],
  },
  { id: 'configuration', name: 'Configuration', keys: configurationKeys },
  { id: 'sizing', name: 'Sizing', keys: ['tasks.max'] },
  { id: 'review', name: 'Review and launch', keys: ['connector.class', 'name'] },
]

export function placeOf(step: AddConnectorStep): number {
  return steps.findIndex(({ id }) => id === step)
}

/** Keys that somebody at this step has been asked for. */
export function keysUpTo(step: AddConnectorStep): readonly string[] {
  return steps.slice(0, placeOf(step) + 1).flatMap(({ keys }) => keys)
}
