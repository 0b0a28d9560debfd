import type { KafkaFailure } from '../../lib/kafka/failure.ts'

/** What a task failed of, and with which settings. */
export interface FailedAccess {
  readonly failure: KafkaFailure
  readonly apiKey: string
  readonly topic: string
  /** Whether the cluster has this key; null where nobody can say just now. */
  keyExists(): Promise<boolean | null>
}

/** Which setting an access failed of, for the error beside its field. */
export interface AccessProblem {
  readonly setting: 'kafka.api.key' | 'kafka.api.secret' | 'kafka.topic'
  /** A sentence without its full stop. */
  readonly fact: string
  /** What to do about it, likewise. */
  readonly wayOn: string
}

/** Null where it is not about a setting. */
export async function accessProblemOf(access: FailedAccess): Promise<AccessProblem | null> {
  const { failure, apiKey, topic } = access
  switch (failure.code) {
    case 'SASL_AUTHENTICATION_FAILED':
      return signInProblem(apiKey, await access.keyExists())
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'INVALID_TOPIC_EXCEPTION':
      return {
        setting: 'kafka.topic',
        fact: `The topic "${topic}" does not exist in this cluster`,
        wayOn: 'create it or choose another one',
      }
    case 'TOPIC_AUTHORIZATION_FAILED':
      return {
        setting: 'kafka.topic',
        fact: `The API key ${apiKey} may not write to the topic "${topic}"`,
        wayOn: 'choose another key or topic',
      }
    default:
      return null
  }
}

function signInProblem(apiKey: string, keyExists: boolean | null): AccessProblem {
  if (keyExists === false) {
    return {
      setting: 'kafka.api.key',
      fact: `The API key ${apiKey} does not exist in this cluster`,
      wayOn: 'choose another key and enter its secret',
    }
  }
  if (keyExists) {
    return {
      setting: 'kafka.api.secret',
      fact: `The secret does not belong to the API key ${apiKey}`,
      wayOn: 'enter the secret of this key, or choose another key',
    }
  }
  return {
    setting: 'kafka.api.key',
    fact: `The cluster refuses the API key ${apiKey} with this secret`,
    wayOn: 'check both, or choose another key',
  }
}

/** Why a task is FAILED and how it comes to run again, in sentences. */
export async function failureReason(access: FailedAccess): Promise<string> {
  const problem = await accessProblemOf(access)
  if (problem !== null) {
    const wayOn = problem.wayOn.charAt(0).toUpperCase() + problem.wayOn.slice(1)
    return `${problem.fact}. ${wayOn}, then restart the connector.`
  }
  const { code, message } = access.failure
  return `Kafka refused a record with ${code}: ${sentence(message)} Restart the connector to try again.`
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
