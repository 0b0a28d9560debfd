import type { ConnectionCheck } from '../../lib/queries/connection-check.ts'

/** A connection as the broker tells of it. */
export type ConnectionAttempt = ConnectionCheck['attempts'][number]

/** What *Check my connection* says of one connection: how far it got, one step after another. */
export interface ConnectionStep {
  readonly id: 'port' | 'encryption' | 'signIn' | 'software' | 'requests'
  readonly title: string
  readonly state: 'done' | 'failed' | 'waiting'
  readonly detail: string | null
}

export type ConnectionProblemView = NonNullable<ConnectionAttempt['problem']>

/** A failure that is older is not what the person is looking at. */
const strangerAgeMsMax = 600_000

export interface CheckedConnection {
  readonly attempt: ConnectionAttempt
  /** It named no key, so that nobody knows whose it is: only that it came from this machine. */
  readonly isStranger: boolean
}

/** The one that is shown step by step, or null, and what there is beside it, newest first. */
export interface CheckedConnections {
  readonly shown: CheckedConnection | null
  readonly others: readonly CheckedConnection[]
}

/**
 * Shows an open connection with the key, else what happened last: of a stranger on this machine only
 * where it tells something, since all kinds of programs connect and go.
 */
export function checkedConnections(view: ConnectionCheck): CheckedConnections {
  const own = oneOfEachClient(view.attempts).map((attempt) => ({ attempt, isStranger: false }))
  const strangers = view.strangers
    .filter((attempt) => view.takenMs - latestMs(attempt) < strangerAgeMsMax)
    .map((attempt) => ({ attempt, isStranger: true }))
  const all = [...own, ...strangers].sort((a, b) => latestMs(b.attempt) - latestMs(a.attempt))
  const shown =
    all.find(({ attempt }) => isSettled(attempt)) ??
    all.find(({ attempt, isStranger }) => !isStranger || isTelling(attempt)) ??
    null
  return { shown, others: all.filter((connection) => connection !== shown) }
}

/**
 * A client opens a connection to each node that it needs: what its open ones have done together is
 * what it does. Everything else stands for itself.
 */
function oneOfEachClient(attempts: readonly ConnectionAttempt[]): readonly ConnectionAttempt[] {
  const open = new Map<string, ConnectionAttempt>()
  for (const attempt of attempts.filter(isSettled)) {
    const { clientId, software, address, isEncrypted } = attempt
    const client = JSON.stringify([clientId, software, address, isEncrypted])
    const known = open.get(client)
    open.set(client, known === undefined ? attempt : together(known, attempt))
  }
  return [...open.values(), ...attempts.filter((attempt) => !isSettled(attempt))]
}

/** The problem with its sentence, unless the client has gone on for long since. */
export function currentProblem(attempt: ConnectionAttempt): ConnectionProblemView | null {
  const { problem, lastRequest } = attempt
  if (problem === null || !isSettled(attempt)) return problem
  const isPast = (lastRequest?.atMs ?? 0) - problem.atMs > pastProblemMs
  return isPast ? null : problem
}

/** How long a client has asked other things before a refusal is no longer what it is about. */
const pastProblemMs = 30_000

function together(one: ConnectionAttempt, other: ConnectionAttempt): ConnectionAttempt {
  const later = <Event extends { readonly atMs: number }>(a: Event | null, b: Event | null) =>
    (a?.atMs ?? 0) >= (b?.atMs ?? 0) ? a : b
  const first = (a: number | null, b: number | null) =>
    a === null || b === null ? (a ?? b) : Math.min(a, b)
  return {
    ...one,
    openedMs: Math.min(one.openedMs, other.openedMs),
    lastRequest: later(one.lastRequest, other.lastRequest),
    firstProduceMs: first(one.firstProduceMs, other.firstProduceMs),
    firstFetchMs: first(one.firstFetchMs, other.firstFetchMs),
    problem: later(one.problem, other.problem),
  }
}

export function connectionSteps(attempt: ConnectionAttempt | null): readonly ConnectionStep[] {
  const failedAt = attempt === null ? null : failedStep(attempt)
  let isBeyond = attempt === null
  return stepIds.map((id) => {
    const isFailed = id === failedAt
    const isDone = attempt !== null && !isBeyond && !isFailed && isReached(id, attempt)
    if (!isDone) isBeyond ||= id !== 'software'
    const state = isFailed ? 'failed' : isDone ? 'done' : 'waiting'
    const { title, detail } = textOf(id, attempt)
    return { id, title, state, detail: isDone || isFailed ? detail : null }
  })
}

/** What the client is: its software and its client id, as far as it says. */
export function clientName({ clientId, software }: ConnectionAttempt): string {
  const named = clientId === null || clientId === '' ? null : clientId
  if (named === null) return software ?? 'a client without a name'
  return software === null ? named : `${named} (${software})`
}

/** Sentences of their own: the table has them in the middle of one. */
export function problemText({ sentence }: ConnectionProblemView): string {
  return `The client ${sentence}.`
}

export function remedyText({ remedy }: ConnectionProblemView): string | null {
  return remedy === null ? null : `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`
}

/** When something last happened to it, in ms since 1970. */
export function latestMs({ openedMs, closedMs, problem }: ConnectionAttempt): number {
  return closedMs ?? problem?.atMs ?? openedMs
}

const stepIds = ['port', 'encryption', 'signIn', 'software', 'requests'] as const

function isSettled({ isSignedIn, closedMs }: ConnectionAttempt): boolean {
  return isSignedIn && closedMs === null
}

function isTelling({ problem }: ConnectionAttempt): boolean {
  return (
    problem !== null && problem.code !== 'SAID_NOTHING' && problem.code !== 'LEFT_BEFORE_SIGN_IN'
  )
}

function failedStep(attempt: ConnectionAttempt): ConnectionStep['id'] | null {
  const { isSignedIn, isEncrypted } = attempt
  const problem = currentProblem(attempt)
  if (problem === null) return null
  if (isSignedIn) return 'requests'
  if (isEncrypted === null) return 'encryption'
  const isAboutEncryption = /^(TLS_|NOT_TLS|HANDSHAKE_|PLAINTEXT_|OPEN_PORT_TLS)/.test(problem.code)
  return isAboutEncryption ? 'encryption' : 'signIn'
}

function isReached(id: ConnectionStep['id'], attempt: ConnectionAttempt): boolean {
  switch (id) {
    case 'port':
      return true
    case 'encryption':
      return attempt.isEncrypted === false || attempt.tlsVersion !== null
    case 'signIn':
      return attempt.isSignedIn
    case 'software':
      return attempt.software !== null || attempt.clientId !== null
    case 'requests':
      return attempt.firstProduceMs !== null || attempt.firstFetchMs !== null
  }
}

function textOf(
  id: ConnectionStep['id'],
  attempt: ConnectionAttempt | null,
): { readonly title: string; readonly detail: string | null } {
  switch (id) {
    case 'port':
      return {
        title: 'Reached the port',
        detail: attempt && `node ${attempt.nodeId}, from ${plainAddress(attempt.address)}`,
      }
    case 'encryption':
      return {
        title: attempt?.isEncrypted === false ? 'Not encrypted' : 'Encrypted',
        detail: attempt && encryptionOf(attempt),
      }
    case 'signIn':
      return { title: 'Signed in', detail: attempt && signInOf(attempt) }
    case 'software':
      return { title: 'Said what it is', detail: attempt && clientName(attempt) }
    case 'requests':
      return { title: 'Writes or reads', detail: attempt && requestsOf(attempt) }
  }
}

function encryptionOf({ isEncrypted, tlsVersion, askedName }: ConnectionAttempt) {
  if (isEncrypted === null) return null
  if (!isEncrypted) return 'plaintext'
  const name = askedName === null ? '' : ` for ${askedName}`
  return `${tlsVersion ?? 'TLS'}${name}`
}

function signInOf({ key, mechanism }: ConnectionAttempt) {
  if (mechanism === null) return key === null ? 'without an API key' : `as ${key}`
  return key === null ? `by ${mechanism}` : `as ${key}, by ${mechanism}`
}

function requestsOf({ firstProduceMs, firstFetchMs, lastRequest }: ConnectionAttempt) {
  const done = [
    ...(firstProduceMs === null ? [] : ['writes']),
    ...(firstFetchMs === null ? [] : ['reads']),
  ].join(' and ')
  const last = lastRequest === null ? '' : `last request ${lastRequest.name}`
  return [done, last].filter((part) => part !== '').join(', ')
}

/** An IPv4 address as a dual-stack socket reports it has a prefix that means nothing to a person. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:/i, '')
}
