import { type SharedLimits, sharedLimits } from './limits.ts'

/**
 * Something bounded that all clusters use. Each may have as much of it as it leaves free for the
 * others: one alone gets a half, the next a quarter, and so on, so that whoever holds on to what it
 * has can never use up all of it, and whoever comes finds something.
 */
export interface Shares {
  of(clusterId: string): Share
}

/** What one cluster has of it. */
export interface Share {
  /** False where that is more than would be left free. */
  take(amount: number): boolean
  give(amount: number): void
}

export function createShares(max: number): Shares {
  const taken = new Map<string, number>()
  let sum = 0

  function change(clusterId: string, own: number, amount: number) {
    sum += amount
    if (own + amount === 0) taken.delete(clusterId)
    else taken.set(clusterId, own + amount)
  }

  return {
    of: (clusterId) => ({
      take(amount) {
        const own = taken.get(clusterId) ?? 0
        if (own + amount > max - sum - amount) return false
        change(clusterId, own, amount)
        return true
      },
      give(amount) {
        change(clusterId, taken.get(clusterId) ?? 0, -amount)
      },
    }),
  }
}

/** What the clusters of one endpoint share. */
export interface RestShares {
  /** Keys with requests under way. */
  readonly keys: Shares
  /** Bodies of records that are being sent. */
  readonly streams: Shares
  /** Bytes of records that arrive in pieces, until they are stored. */
  readonly recordBytes: Shares
}

export function createRestShares(limits: SharedLimits = sharedLimits): RestShares {
  return {
    keys: createShares(limits.keysMax),
    streams: createShares(limits.streamsMax),
    recordBytes: createShares(limits.recordBytesMax),
  }
}
