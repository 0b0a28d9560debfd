import Sqlite from 'better-sqlite3'

/** What SQLite finds wrong with a database file, in its own words; empty where it is whole. */
export function checkDatabaseFile(file: string): readonly string[] {
  try {
    const database = new Sqlite(file)
    try {
      // SQLite's documented answer to this pragma.
      const rows = database.pragma('quick_check(20)') as { quick_check: string }[]
      const [first] = rows
      return first?.quick_check === 'ok' ? [] : rows.map((row) => row.quick_check)
    } finally {
      database.close()
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
