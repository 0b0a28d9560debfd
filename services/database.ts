import { join, resolve } from 'node:path'
import { createAdapterFactory } from '../prisma/adapter/adapter.ts'
import { migrate } from '../prisma/adapter/migrate.ts'
import { PrismaClient } from '../prisma/services/generated/client.ts'

/** What the services keep; they run in one process, which alone opens `services.db`. */
export type ServicesDb = PrismaClient

/**
 * Brings `services.db` in the data folder to this version, then opens it; a new file has mode 0600.
 * Close it with `$disconnect()`. Throws an error with a sentence for the user where a migration
 * cannot be applied.
 */
export function openServicesDb(dataDir: string): ServicesDb {
  const file = join(dataDir, 'services.db')
  migrate({ file, migrationsDir: resolve('prisma/services/migrations') })
  return new PrismaClient({ adapter: createAdapterFactory({ file }) })
}
