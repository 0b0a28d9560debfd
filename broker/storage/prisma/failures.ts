import { StorageFailure, type StorageFailureCode, storageFailureCode } from '../failure.ts'

/** Codes of SQLite and of Node's file system, by how they begin; the first that fits counts. */
const CODES: readonly (readonly [prefix: string, code: StorageFailureCode])[] = [
  ['SQLITE_FULL', 'DISK_FULL'],
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['SQLITE_IOERR', 'IO'],
  ['SQLITE_READONLY', 'IO'],
  ['SQLITE_CANTOPEN', 'IO'],
  ['SQLITE_PERM', 'IO'],
  ['EACCES', 'IO'],
  ['EROFS', 'IO'],
  ['EIO', 'IO'],
  ['ENOTDIR', 'IO'],
  ['EEXIST', 'IO'],
  ['SQLITE_CORRUPT', 'CORRUPT'],
  ['SQLITE_NOTADB', 'CORRUPT'],
  ['SQLITE_BUSY', 'BUSY'],
  ['SQLITE_LOCKED', 'BUSY'],
  ['SQLITE_CONSTRAINT', 'CONSTRAINT'],
]

/** What went wrong with a file, or several, in the terms of the storage contract. */
export function storageFailure(error: unknown, file = 'A database file'): StorageFailure {
  const known = storageFailureCode(error)
  if (known !== null) return new StorageFailure(known, messageOf(error))
  const { code, message } = causeOf(error)
  const found = CODES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'UNEXPECTED'
  return new StorageFailure(found, found === 'CORRUPT' ? damaged(file, message) : message)
}

/** Runs what opens a file; what it throws is a `StorageFailure` that names the file. */
export function opening<T>(file: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw storageFailure(error, file)
  }
}

function damaged(file: string, message: string): string {
  return `${file} is damaged, and SQLite says: ${message}. With Tributary stopped, npm run verify shows what is wrong; the file has to come from a copy of the data folder`
}

/**
 * Prisma wraps what the driver said: the driver adapter's error stands in `meta` of Prisma's, and
 * its `cause` has the code and the words of SQLite.
 */
function causeOf(error: unknown): { code: string; message: string } {
  const cause = property(property(property(error, 'meta'), 'driverAdapterError'), 'cause')
  const inner = cause ?? property(error, 'cause') ?? error
  const code = property(inner, 'originalCode') ?? property(inner, 'code')
  const message = property(inner, 'originalMessage') ?? messageOf(error)
  return { code: String(code ?? ''), message: String(message) }
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  // Reading an absent property of any object is safe.
  return (value as Record<string, unknown>)[name]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
