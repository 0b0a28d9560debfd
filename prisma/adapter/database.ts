import { chmodSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'

/**
 * A file gets shorter with every commit that frees pages: for files in which so little is deleted at
 * once that moving pages costs nothing. It takes effect before WAL and before the first table, and
 * waits for whoever writes, so only `migrate` asks for it.
 */
export const GIVES_SPACE_BACK = 'auto_vacuum = FULL'

/** A WAL that one large transaction made longer than this gets shorter when it is begun again. */
export const WAL_KEPT = `journal_size_limit = ${4 * 1024 * 1024}`

/** What every database of ours is opened with, unless its owner says otherwise. */
export const DEFAULT_PRAGMAS: readonly string[] = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'foreign_keys = ON',
  WAL_KEPT,
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
