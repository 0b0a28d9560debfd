/**
 * Why storage refused or lost a call. Recognise it by `code`, never by `instanceof`: it crosses
 * threads as plain data and is made again on the other side.
 */
export type StorageFailureCode =
  /** The file system is full. What was asked is not written; the same call may work later. */
  | 'DISK_FULL'
  /** The file system refused a read, a write or a sync; or the folder is read-only. */
  | 'IO'
  /** A database file is damaged. */
  | 'CORRUPT'
  /** Another process holds the database. */
  | 'BUSY'
  /** The call contradicts what is stored (a name taken, an owner that is absent). Nothing is written. */
  | 'CONSTRAINT'
  /** `close()` was called before, or the storage thread is gone. */
  | 'CLOSED'
  /** Anything else: a broken invariant of ours. */
  | 'UNEXPECTED'

export class StorageFailure extends Error {
  readonly code: StorageFailureCode

  constructor(code: StorageFailureCode, message: string) {
    super(message)
    this.name = 'StorageFailure'
    this.code = code
  }
}

/** The code of a failed storage call, or null for an error that storage did not make. */
export function storageFailureCode(error: unknown): StorageFailureCode | null {
  return error instanceof Error && error.name === 'StorageFailure' && 'code' in error
    ? // The name is only ever given together with one of these codes.
      (error.code as StorageFailureCode)
    : null
}
