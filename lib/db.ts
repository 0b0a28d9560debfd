import { join, resolve } from 'node:path'
import { createAdapterFactory } from '../prisma/adapter/adapter.ts'
import { migrate } from '../prisma/adapter/migrate.ts'
import { PrismaClient } from '../prisma/console/generated/client.ts'
import { consoleSettings } from './env.ts'

/**
 * The console's database. Boot and the console run in one process but in two bundles, so each opens
 * `console.db` for itself; nobody else does. Boot has migrated it before the console is reached.
 */
export type ConsoleDb = PrismaClient

/**
 * Brings `console.db` in the data folder to this version, then opens it. Close it with
 * `$disconnect()`. Throws an error with a sentence for the user where a migration cannot be applied.
 */
export function openConsoleDb(dataDir: string): ConsoleDb {
  migrate({ file: fileIn(dataDir), migrationsDir: resolve('prisma/console/migrations') })
  return connect(dataDir)
}

function connect(dataDir: string): ConsoleDb {
  return new PrismaClient({ adapter: createAdapterFactory({ file: fileIn(dataDir) }) })
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'console.db')
}

// Hot reload in development evaluates this module again; the client must stay the same one.
const kept = globalThis as { tributaryConsoleDb?: ConsoleDb }

/** The console's own client, opened at the first query. */
export function consoleDb(): ConsoleDb {
  kept.tributaryConsoleDb ??= connect(consoleSettings().dataDir)
  return kept.tributaryConsoleDb
}
