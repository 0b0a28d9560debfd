import type { KeyClaim } from '../api/context.ts'
import { brokerLimit } from '../rules/limits.ts'
import type { ConnectionAttempt } from './connection-attempt.ts'

/** Attempts that ended alike, one after another: the newest of them, and how many there were. */
export interface EndedAttempts {
  readonly last: ConnectionAttempt
  readonly count: number
}

/**
 * Connections that have ended, the newest of each cluster and of strangers: what *Check my
 * connection* tells of. Bounded for each, so that no client's attempts push out another cluster's;
 * a client that tries over and over is one entry.
 */
export interface ConnectionAttempts {
  /** Keeps how far a connection got; those of our own processes are nobody's to see. */
  add(attempt: ConnectionAttempt): void
  /** Newest first. */
  ofTenant(tenantId: string): readonly EndedAttempts[]
  /** Those that named nobody's key, newest first. */
  ofStrangers(): readonly EndedAttempts[]
  /** Whose key it was, where it was deleted since the start. */
  deletedKey(key: string): KeyClaim | null
  keyDeleted(tenantId: string, key: string): void
  tenantDeleted(tenantId: string): void
}

export function createConnectionAttempts(
  hasTenant: (tenantId: string) => boolean,
): ConnectionAttempts {
  const byTenant = new Map<string, Map<string, EndedAttempts>>()
  const strangers = new Map<string, EndedAttempts>()
  const deletedKeys = new Map<string, KeyClaim>()

  function entriesFor(tenantId: string): Map<string, EndedAttempts> {
    const known = byTenant.get(tenantId) ?? new Map<string, EndedAttempts>()
    byTenant.set(tenantId, known)
    return known
  }

  return {
    add(attempt) {
      const { claim, isInternal } = attempt
      if (isInternal || (claim !== null && !hasTenant(claim.tenantId))) return
      const entries = claim === null ? strangers : entriesFor(claim.tenantId)
      const likeness = likenessOf(attempt)
      const count = (entries.get(likeness)?.count ?? 0) + 1
      // The map's order is that of the ends.
      entries.delete(likeness)
      entries.set(likeness, { last: attempt, count })
      dropOldest(entries, brokerLimit('rememberedAttempts'))
    },
    ofTenant: (tenantId) => [...(byTenant.get(tenantId)?.values() ?? [])].reverse(),
    ofStrangers: () => [...strangers.values()].reverse(),
    deletedKey: (key) => deletedKeys.get(key) ?? null,
    keyDeleted(tenantId, key) {
      deletedKeys.set(key, { tenantId, key })
      dropOldest(deletedKeys, brokerLimit('rememberedDeletedKeys'))
    },
    tenantDeleted(tenantId) {
      byTenant.delete(tenantId)
      for (const [key, claim] of deletedKeys) {
        if (claim.tenantId === tenantId) deletedKeys.delete(key)
      }
    },
  }
}

/**
 * What makes two attempts one entry. Before sign-in nothing that a client may say at will is part of
 * it, so that a flood of made-up names pushes nothing out.
 */
function likenessOf(attempt: ConnectionAttempt): string {
  const { host, claim, isSignedIn, isEncrypted, problem, clientId, software } = attempt
  const told = isSignedIn ? [clientId, software] : []
  return JSON.stringify([host, claim?.key, isEncrypted, problem?.code, ...told])
}

function dropOldest(entries: Map<string, unknown>, sizeMax: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= sizeMax) return
    entries.delete(key)
  }
}
