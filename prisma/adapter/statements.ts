import type { Database, Statement } from 'better-sqlite3'

/** Enough for every query shape of one owner; the least recently used one makes room. */
const STATEMENTS_MAX = 256

/** Prepares each SQL text once. */
export function createStatementCache(database: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known !== undefined) {
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    if (statements.size > STATEMENTS_MAX) {
      for (const oldest of statements.keys()) {
        statements.delete(oldest)
        break
      }
    }
    return statement
  }
}
