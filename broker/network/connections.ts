import type { AnswerMemory } from '../api/answer-memory.ts'
import type { Identity } from '../api/context.ts'
import type { Clock, Timer } from '../clock.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { Connection } from './connection.ts'

/** How often connections are looked at for what has lasted too long. */
const SWEEP_MS = 1000

/** The open connections, and how many of them strangers and each tenant hold. */
export interface Connections {
  list(): readonly Connection[]
  readonly countBeforeSignIn: number
  /** Connections of clients; those of internal principals are not counted. */
  countOf(tenantId: string): number
  add(connection: Connection): void
  remove(connection: Connection): void
  /** Counts a connection to its tenant, unless the tenant has no place left. */
  admit(connection: Connection, identity: Identity): ConnectionProblem | null
  stopSweeping(): void
}

export function createConnections(
  clock: Clock,
  connectionsMax: (identity: Identity) => number,
  answers: AnswerMemory,
): Connections {
  const open = new Map<number, Connection>()
  const beforeSignIn = new Set<Connection>()
  const tenantOf = new Map<Connection, string>()
  const counts = new Map<string, number>()
  let sweepTimer: Timer = clock.after(SWEEP_MS, sweep)

  function sweep() {
    const nowMs = clock.nowMs()
    for (const connection of open.values()) {
      connection.checkDeadlines(nowMs)
    }
    endUnread(nowMs)
    sweepTimer = clock.after(SWEEP_MS, sweep)
  }

  /** Where answers hold too much, whoever has read none of them for the longest time goes first. */
  function endUnread(nowMs: number) {
    if (!answers.isOver) return
    const sinceMs = (connection: Connection) => connection.unreadSinceMs ?? nowMs
    const unread = [...open.values()].filter((one) => nowMs - sinceMs(one) >= SWEEP_MS)
    for (const connection of unread.sort((one, other) => sinceMs(one) - sinceMs(other))) {
      if (!answers.isOver) return
      connection.destroy({ code: 'ANSWER_NOT_READ' })
    }
  }

  function countOf(tenantId: string): number {
    return counts.get(tenantId) ?? 0
  }

  return {
    list: () => [...open.values()],
    get countBeforeSignIn() {
      return beforeSignIn.size
    },
    countOf,
    add(connection) {
      open.set(connection.id, connection)
      beforeSignIn.add(connection)
    },
    remove(connection) {
      open.delete(connection.id)
      beforeSignIn.delete(connection)
      const tenantId = tenantOf.get(connection)
      tenantOf.delete(connection)
      if (tenantId !== undefined) {
        const left = countOf(tenantId) - 1
        if (left > 0) counts.set(tenantId, left)
        else counts.delete(tenantId)
      }
    },
    admit(connection, identity) {
      const tenantId = identity.tenant.id
      const limit = connectionsMax(identity)
      if (!identity.internal) {
        if (countOf(tenantId) >= limit) {
          return { code: 'TOO_MANY_CONNECTIONS', detail: String(limit) }
        }
        counts.set(tenantId, countOf(tenantId) + 1)
        tenantOf.set(connection, tenantId)
      }
      beforeSignIn.delete(connection)
      return null
    },
    stopSweeping: () => sweepTimer.cancel(),
  }
}
