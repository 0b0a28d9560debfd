import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { DEFAULT_PRAGMAS, GIVES_SPACE_BACK, openDatabase } from './database.ts'

/**
 * Applies an owner's migrations at start, in Prisma's own layout and bookkeeping: the ordinary
 * `prisma migrate` and this file can take turns on the same database.
 */
export interface MigrateOptions {
  readonly file: string
  /** Folder of `<timestamp>_<name>/migration.sql`. */
  readonly migrationsDir: string
  /** As for the adapter, after what must be set before the first table. */
  readonly pragmas?: readonly string[]
}

export interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the script in hexadecimal, as Prisma keeps it. */
  readonly checksum: string
}

/**
 * Brings the database up to date, one transaction per migration, and returns the names of those
 * that it applied. Throws an error with a sentence for the user where the database was made by a
 * newer version, or where a migration that it went through has been changed since.
 */
export function migrate(options: MigrateOptions): readonly string[] {
  const migrations = readMigrations(options.migrationsDir)
  const database = openDatabase(
    options.file,
    options.pragmas ?? [GIVES_SPACE_BACK, ...DEFAULT_PRAGMAS],
  )
  try {
    const pending = pendingMigrations(migrations, appliedMigrations(database), options.file)
    for (const migration of pending) apply(database, migration)
    return pending.map((migration) => migration.name)
  } finally {
    database.close()
  }
}

/** The migrations of a folder in order of their names, which begin with their times. */
export function readMigrations(migrationsDir: string): readonly Migration[] {
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => existsSync(join(migrationsDir, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

type Applied = ReadonlyMap<string, string>

/** Names and checksums from Prisma's table; it may be absent. */
function appliedMigrations(database: Database): Applied {
  const table = database
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'")
    .get()
  if (table === undefined) return new Map()
  // The column list names the shape of the rows.
  const rows = database
    .prepare(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    .all() as { name: string; checksum: string }[]
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

function pendingMigrations(
  migrations: readonly Migration[],
  applied: Applied,
  file: string,
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new Error(`${file} was made by a newer version of Tributary (migration ${name}).`)
    }
    if (known.get(name) !== checksum) {
      throw new Error(`${file} went through another version of migration ${name} than this one.`)
    }
  }
  return migrations.filter((migration) => !applied.has(migration.name))
}

/** As Prisma creates it on SQLite. */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

function apply(database: Database, migration: Migration): void {
  // Rebuilding a table drops the old one; enforced foreign keys would take its children along. The
  // pragma does nothing inside a transaction, so what the script says of it comes too late.
  const enforced = database.pragma('foreign_keys', { simple: true })
  database.pragma('foreign_keys = OFF')
  try {
    database.transaction(() => {
      database.exec(BOOKKEEPING)
      database.exec(migration.sql)
      if (database.prepare('PRAGMA foreign_key_check').all().length > 0) {
        throw new Error(`Migration ${migration.name} leaves rows whose parents are gone.`)
      }
      const now = Date.now()
      database
        .prepare(
          `INSERT INTO _prisma_migrations
             (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
           VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(randomUUID(), migration.checksum, now, now, migration.name)
    })()
  } finally {
    database.pragma(`foreign_keys = ${Number(enforced) === 1 ? 'ON' : 'OFF'}`)
  }
}
