import { randomBytes } from 'node:crypto'

/**
 * Carries blobs past Prisma by reference.
 *
 * Prisma Client turns the arguments of a raw query into JSON, a blob into base64 within it, and keeps
 * the text of the last queries for its debug log. So a query is given a short marker in the blob's
 * place, and the adapter, which sees the arguments last, puts the blob back.
 */
export interface BlobSlots {
  /**
   * Runs `query` with a function that turns bytes into the argument standing for them. However the
   * query ends, its slots are released when it does.
   */
  withBlobs<T>(query: (blob: (bytes: Uint8Array) => string) => Promise<T>): Promise<T>
  /** The bytes that an argument stands for, or the argument itself where it is no marker. */
  resolve(argument: unknown): unknown
  /** How many blobs are held now. */
  readonly size: number
}

export function createBlobSlots(): BlobSlots {
  // Random, so that no text of a user can ever name a slot.
  const prefix = `blob:${randomBytes(16).toString('hex')}:`
  const slots = new Map<string, Uint8Array>()
  let sequence = 0

  return {
    async withBlobs(query) {
      const taken: string[] = []
      try {
        return await query((bytes) => {
          const marker = `${prefix}${sequence++}`
          slots.set(marker, bytes)
          taken.push(marker)
          return marker
        })
      } finally {
        for (const marker of taken) slots.delete(marker)
      }
    },
    resolve(argument) {
      if (typeof argument !== 'string' || !argument.startsWith(prefix)) return argument
      const bytes = slots.get(argument)
      if (bytes === undefined) throw new Error('A blob was used after its query had ended.')
      return bytes
    },
    get size() {
      return slots.size
    },
  }
}
