import { type Refusal, refuse } from '../errors.ts'
import { type StorageFailureCode, storageFailureCode } from '../storage/failure.ts'

/**
 * Waits for a commit. Where storage could not write it, and may be able to later, that becomes a
 * refusal that clients retry: nothing was changed. Any other failure is thrown on.
 */
export async function stored<T>(commit: Promise<T>): Promise<T | Refusal> {
  try {
    return await commit
  } catch (error) {
    const code = storageFailureCode(error)
    if (code === null || !passing.has(code)) throw error
    return refuse('KAFKA_STORAGE_ERROR', 'The change could not be stored; try again.')
  }
}

/** A damaged file does not pass by itself, but from its copy the broker can go on where it was. */
const passing: ReadonlySet<StorageFailureCode> = new Set(['DISK_FULL', 'IO', 'BUSY', 'CORRUPT'])
