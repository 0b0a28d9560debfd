import { topicConfigs } from '../../broker/rules/topic-configs.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import type { ActionError } from './result.ts'

/**
 * What a cluster refuses about a topic, beside the field that it is about: `name`, `partitions`, or
 * the name of a config. The cluster's own sentence is shown, so that the console has no second copy of
 * its rules and a cluster with other limits is heard too.
 */
export function topicRefusal(error: unknown): { error: ActionError } {
  const kafka = asKafkaFailure(error)
  if (kafka === null) throw error
  const { code, message } = kafka
  const field = fieldOf(code, message)
  return {
    error: field === null ? { code, message } : { code, message, fields: { [field]: message } },
  }
}

const fieldOfCode: Readonly<Record<string, string>> = {
  TOPIC_ALREADY_EXISTS: 'name',
  INVALID_TOPIC_EXCEPTION: 'name',
  INVALID_PARTITIONS: 'partitions',
}

/** Codes whose sentence names the config, or the number of partitions, that is wrong. */
const namesItsSubject = new Set(['INVALID_CONFIG', 'POLICY_VIOLATION'])

function fieldOf(code: string, message: string): string | null {
  if (!namesItsSubject.has(code)) return fieldOfCode[code] ?? null
  // The longest first: no name may be found inside another.
  const names = topicConfigs.map(({ name }) => name).sort((a, b) => b.length - a.length)
  const config = names.find((name) => message.includes(name))
  return config ?? (/partition/i.test(message) ? 'partitions' : null)
}
