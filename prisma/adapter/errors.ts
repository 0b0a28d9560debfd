import {
  DriverAdapterError,
  isDriverAdapterError,
  type MappedError,
} from '@prisma/driver-adapter-utils'

/** Result codes of SQLite that Prisma has no kind of its own for (sqlite.org/rescode.html). */
const RESULT_CODES: Readonly<Record<string, number>> = {
  SQLITE_PERM: 3,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_TOOBIG: 18,
  SQLITE_NOTADB: 26,
  SQLITE_CONSTRAINT_CHECK: 275,
}

/**
 * Turns what better-sqlite3 threw into the error kinds that Prisma Client knows, so that a unique
 * constraint arrives as P2002 and a foreign key as P2003. The original code and message ride along.
 */
export function driverAdapterError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error
  const { code, message } = error
  return new DriverAdapterError({
    originalCode: code,
    originalMessage: message,
    ...mappedError(code, message),
  })
}

/** Another connection holds the database: what was asked has not been begun. */
export function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.originalCode === 'SQLITE_BUSY'
}

/** The file system takes no more, or nothing: what was asked is not written, reading goes on. */
export function isUnwritable(error: unknown): boolean {
  const wrapped = property(property(property(error, 'meta'), 'driverAdapterError'), 'cause')
  const code = property(wrapped ?? property(error, 'cause') ?? error, 'originalCode')
  return /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(String(code))
}

/** Prisma wraps what the driver said in an error of its own, whose shape it does not export. */
function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function mappedError(code: string, message: string): MappedError {
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return { kind: 'UniqueConstraintViolation', constraint: { fields: fieldsOf(message) } }
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { kind: 'NullConstraintViolation', constraint: { fields: fieldsOf(message) } }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } }
    case 'SQLITE_BUSY':
      return { kind: 'SocketTimeout' }
    default:
      return absentError(message) ?? { kind: 'sqlite', extendedCode: resultCode(code), message }
  }
}

/** SQLite says that a table or column is absent only in words. */
function absentError(message: string): MappedError | null {
  const table = /^no such table: (.+)$/.exec(message)?.[1]
  if (table !== undefined) return { kind: 'TableDoesNotExist', table }
  const column = /(?:no such column: |has no column named )(.+)$/.exec(message)?.[1]
  if (column !== undefined) return { kind: 'ColumnNotFound', column }
  return null
}

/** The column names in `UNIQUE constraint failed: users.email, users.name`. */
function fieldsOf(message: string): string[] {
  const list = message.split('constraint failed: ')[1] ?? ''
  return list.split(', ').map((field) => field.slice(field.lastIndexOf('.') + 1))
}

/** An extended code such as SQLITE_IOERR_WRITE counts as its primary code, SQLITE_IOERR. */
function resultCode(code: string): number {
  const primary = code.split('_').slice(0, 2).join('_')
  return RESULT_CODES[code] ?? RESULT_CODES[primary] ?? 1
}
