import { brokerLimit } from './limits.ts'

/**
 * What things may be called, and the sentence for each way of getting it wrong. A `…Problem`
 * function gives that sentence, or null where the name is good.
 */

const legalTopicName = /^[a-zA-Z0-9._-]+$/

/** Checks a topic's name as Kafka does, in Kafka's words (without its "Topic name is invalid: "). */
export function topicNameProblem(name: string): string | null {
  const longest = brokerLimit('topicNameLength')
  if (name === '') return 'the empty string is not allowed'
  if (name === '.' || name === '..') return `'${name}' is not allowed`
  if (name.length > longest) {
    return `the length of '${name}' is longer than the max allowed length ${longest}`
  }
  if (!legalTopicName.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`
  }
  return null
}

/** Two topics whose names differ only in `.` and `_` would share the names of their metrics. */
export function topicCollisionKey(name: string): string {
  return name.replaceAll('.', '_')
}

/** An empty group id is legal only in old commits without a group; joining needs a name. */
export function groupIdProblem(groupId: string): string | null {
  return groupId === '' ? 'The group id must not be empty.' : null
}

/** A name that a person gives to an environment, a cluster or a connector. */
export function displayNameProblem(name: string): string | null {
  if (name.trim() === '') return 'Enter a name.'
  if (name !== name.trim()) return 'The name must not begin or end with a space.'
  if (name.length > 64) return 'The name must be at most 64 characters long.'
  if (/[\p{Cc}<>]/u.test(name)) {
    return 'The name must not contain control characters, "<" or ">".'
  }
  return null
}

/** Only tells a typing error from an address; whether mail arrives there is not our business. */
export function emailProblem(email: string): string | null {
  return email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email)
    ? null
    : 'Enter an e-mail address such as me@example.com.'
}

/** Keys that we make use Confluent's base32 letters; presets may name any 16 of A–Z and 0–9. */
export function apiKeyProblem(key: string): string | null {
  return /^[A-Z0-9]{16}$/.test(key) ? null : 'An API key is 16 characters of A–Z and 0–9.'
}

export function apiSecretProblem(secret: string): string | null {
  if (secret.length < 8) return 'An API secret is at least 8 characters long.'
  // PLAIN separates its fields with NUL (RFC 4616), so that no client could send such a secret.
  if (secret.includes('\0')) return 'An API secret must not contain a NUL character.'
  return null
}

export function clusterIdProblem(id: string): string | null {
  return /^lkc-[0-9a-z]{5,16}$/.test(id)
    ? null
    : `'${id}' is not a cluster id such as lkc-ymq1wk: "lkc-" and 5 to 16 digits or small letters.`
}

export const clusterNameProblem = displayNameProblem
export const environmentNameProblem = displayNameProblem
