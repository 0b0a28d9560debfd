import type { KafkaErrorName } from '../../errors.ts'

/** Names a request that is waiting for its answer; the coordinator knows whose it is. */
export type ReplyId = number

/**
 * What the coordinator does after a transition, in the order given. A transition itself touches
 * neither clock, socket nor storage.
 */
export type Effect =
  | { readonly kind: 'answer-join'; readonly to: ReplyId; readonly answer: JoinAnswer }
  | { readonly kind: 'answer-sync'; readonly to: ReplyId; readonly answer: SyncAnswer }
  /** Starts the timer anew where it is running. */
  | { readonly kind: 'arm'; readonly timer: TimerName; readonly delayMs: number }
  | { readonly kind: 'disarm'; readonly timer: TimerName }
  /** Store this generation, then report `stored` or `store-failed`: members wait for it. */
  | { readonly kind: 'store-generation'; readonly generation: number }
  /** The last member has gone. Note the time and store it; nobody waits for that. */
  | { readonly kind: 'became-empty' }

/**
 * - `join-phase`: how long a rebalance waits for members to rejoin.
 * - `sync-phase`: how long a generation waits for members to send SyncGroup.
 * - `session …`: how long the member, or the pending member, may be silent.
 */
export type TimerName = 'join-phase' | 'sync-phase' | `session ${string}`

export function sessionOf(memberId: string): TimerName {
  return `session ${memberId}`
}

export interface JoinAnswer {
  readonly error: KafkaErrorName
  readonly memberId: string
  readonly generation: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly leaderId: string
  /** KIP-814: the leader keeps the assignment that the group has. */
  readonly skipAssignment: boolean
  /** Everybody, for the leader only; it makes the assignment. */
  readonly members: readonly JoinedMember[]
}

export interface JoinedMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly metadata: Uint8Array
}

export interface SyncAnswer {
  readonly error: KafkaErrorName
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly assignment: Uint8Array
}

export const NO_BYTES: Uint8Array = new Uint8Array(0)

export function refusedJoin(error: KafkaErrorName, memberId: string): JoinAnswer {
  return {
    error,
    memberId,
    generation: -1,
    protocolType: null,
    protocolName: null,
    leaderId: '',
    skipAssignment: false,
    members: [],
  }
}

export function refusedSync(error: KafkaErrorName): SyncAnswer {
  return { error, protocolType: null, protocolName: null, assignment: NO_BYTES }
}
