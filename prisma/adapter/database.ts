import { chmodSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'

/** What every database of ours is opened with, unless its owner says otherwise. */
export const DEFAULT_PRAGMAS: readonly string[] = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'foreign_keys = ON',
]

/** Opens or makes a database; the file and what SQLite puts beside it get mode 0600. */
export function openDatabase(file: string, pragmas: readonly string[] = DEFAULT_PRAGMAS): Database {
  const database = new Sqlite(file)
  try {
    if (file !== ':memory:') chmodSync(file, 0o600)
    for (const pragma of pragmas) database.pragma(pragma)
    return database.defaultSafeIntegers(true)
  } catch (error) {
    database.close()
    throw error
  }
}
