import { randomInt } from 'node:crypto'
import { type Refusal, refuse } from '../errors.ts'
import { brokerLimit } from '../rules/limits.ts'
import {
  type AskedPartition,
  epochAfter,
  FetchSession,
  type FetchSessionOptions,
  type PartitionName,
} from './fetch-session.ts'

/**
 * The incremental fetch sessions of one tenant's consumers (KIP-227).
 *
 * Invariants
 * - Sessions and their partitions are bounded. Where there is no room and nobody has been away long
 *   enough, no session is opened, which is an answer that every client understands.
 * - A session belongs to its tenant: no other can name it, whatever id it makes up.
 * - A connection has opened at most one of them, its last. Some clients open one with every fetch and
 *   go on with none (@platformatic/kafka), and would leave no room to those who do.
 *
 * Differs from Kafka: that, and a larger session does not push a smaller one out.
 */
export class FetchSessions {
  /** Whoever asked longest ago is first. */
  readonly #byId = new Map<number, FetchSession>()
  readonly #byConnection = new Map<number, FetchSession>()
  #partitionCount = 0

  /** How many there are. */
  get size(): number {
    return this.#byId.size
  }

  /** Of all sessions together. */
  get partitionCount(): number {
    return this.#partitionCount
  }

  /** Opens a session on partitions that were just asked for; null where there is no room. */
  open(asked: readonly AskedPartition[], by: Omit<FetchSessionOptions, 'id'>): FetchSession | null {
    const former = this.#byConnection.get(by.connectionId)
    if (former !== undefined) this.close(former.id)
    if (asked.length === 0 || !asked.every(mayBeKept)) return null
    const session = new FetchSession({ id: this.#unusedId(), ...by })
    session.ask(asked)
    if (!this.#makeRoom(session.partitionCount, by.nowMs)) return null
    this.#byId.set(session.id, session)
    this.#byConnection.set(session.connectionId, session)
    this.#partitionCount += session.partitionCount
    return session
  }

  /**
   * Goes on with a session: what the request changes of it is taken over, and its next epoch is due.
   * One that is left without any partition is closed, and so is one that has outgrown its room.
   */
  resume(request: IncrementalRequest): FetchSession | Refusal {
    const session = this.#byId.get(request.sessionId)
    if (session === undefined) return refuse('FETCH_SESSION_ID_NOT_FOUND')
    if (session.expectedEpoch !== request.epoch) return refuse('INVALID_FETCH_SESSION_EPOCH')
    if (session.usesTopicIds !== request.usesTopicIds) return refuse('FETCH_SESSION_TOPIC_ID_ERROR')
    const added = session.countWith(request.asked) - session.partitionCount
    session.lastUsedMs = request.nowMs
    // Last in line before anybody makes room, so that a session is not pushed out by itself.
    this.#byId.delete(session.id)
    this.#byId.set(session.id, session)
    if (!request.asked.every(mayBeKept) || (added > 0 && !this.#hasRoomFor(added, request.nowMs))) {
      this.close(session.id)
      return refuse('FETCH_SESSION_ID_NOT_FOUND')
    }
    this.#partitionCount -= session.partitionCount
    session.ask(request.asked)
    for (const partition of request.forgotten) session.forget(partition)
    this.#partitionCount += session.partitionCount
    session.expectedEpoch = epochAfter(request.epoch)
    if (session.partitionCount === 0) this.close(session.id)
    return session
  }

  /** Whether an answer to the request that made this epoch due may still be given. */
  isCurrent(session: FetchSession, expectedEpoch: number): boolean {
    return this.#byId.get(session.id) === session && session.expectedEpoch === expectedEpoch
  }

  /** No error where there is no such session. */
  close(sessionId: number): void {
    const session = this.#byId.get(sessionId)
    if (session === undefined) return
    this.#byId.delete(sessionId)
    this.#byConnection.delete(session.connectionId)
    this.#partitionCount -= session.partitionCount
  }

  /** Makes room for one session more. */
  #makeRoom(partitions: number, nowMs: number): boolean {
    while (this.#byId.size >= brokerLimit('fetchSessions')) {
      if (!this.#evictOldest(nowMs)) return false
    }
    return this.#hasRoomFor(partitions, nowMs)
  }

  /** Makes room for so many partitions more. */
  #hasRoomFor(partitions: number, nowMs: number): boolean {
    while (this.#partitionCount + partitions > brokerLimit('fetchSessionPartitions')) {
      if (!this.#evictOldest(nowMs)) return false
    }
    return true
  }

  #evictOldest(nowMs: number): boolean {
    for (const session of this.#byId.values()) {
      if (session.lastUsedMs + brokerLimit('fetchSessionIdleMs') > nowMs) return false
      this.close(session.id)
      return true
    }
    return false
  }

  /** Drawn at random as in Kafka, so that ids from before a restart are nobody's. */
  #unusedId(): number {
    for (;;) {
      const id = randomInt(1, 2 ** 31)
      if (!this.#byId.has(id)) return id
    }
  }
}

/** A request that goes on with a session. */
export interface IncrementalRequest {
  readonly sessionId: number
  readonly epoch: number
  readonly usesTopicIds: boolean
  readonly asked: readonly AskedPartition[]
  readonly forgotten: readonly PartitionName[]
  readonly nowMs: number
}

/** There is no topic of a longer name, and a session would keep 32 KB for each that is made up. */
function mayBeKept({ topic }: AskedPartition): boolean {
  return topic.length <= brokerLimit('topicNameLength')
}
