import { join } from 'node:path'
import { type AdapterFactory, createAdapterFactory } from '../../../prisma/adapter/adapter.ts'
import { GIVES_SPACE_BACK, WAL_KEPT } from '../../../prisma/adapter/database.ts'
import { migrate } from '../../../prisma/adapter/migrate.ts'
import { makePrivateFolder } from '../../../prisma/adapter/private-folder.ts'
import { PrismaClient as BrokerClient } from '../../../prisma/broker/generated/client.ts'
import { PrismaClient as LogClient } from '../../../prisma/log/generated/client.ts'
import { opening } from './failures.ts'

/** broker.db and log.db, migrated and open. Only the storage thread and its tests open them. */
export interface Databases {
  readonly broker: BrokerDatabase
  readonly log: LogDatabase
  close(): Promise<void>
}

export interface BrokerDatabase {
  readonly client: BrokerClient
  readonly adapter: Pick<AdapterFactory, 'exec'>
}

export interface LogDatabase {
  readonly client: LogClient
  /** Raw queries with blobs go through `blobs`, statements beside Prisma through `exec`. */
  readonly adapter: Pick<AdapterFactory, 'blobs' | 'exec'>
}

export interface DatabaseOptions {
  readonly dataDir: string
  readonly prismaDir: string
  readonly synchronous: 'NORMAL' | 'FULL'
}

/** The longest that a transaction may wait or take, since a slow disk is not an error. */
const TRANSACTION_OPTIONS = { maxWait: 600_000, timeout: 600_000 }

export async function openDatabases(options: DatabaseOptions): Promise<Databases> {
  makePrivateFolder(options.dataDir)
  const durability = [
    'busy_timeout = 5000',
    'journal_mode = WAL',
    `synchronous = ${options.synchronous}`,
    WAL_KEPT,
  ]
  const brokerAdapter = migrated(options, 'broker', {
    layout: [GIVES_SPACE_BACK],
    pragmas: [...durability, 'foreign_keys = ON'],
  })
  const logAdapter = migrated(options, 'log', {
    layout: LOG_LAYOUT,
    pragmas: [...durability, ...LOG_TUNING],
  })
  const broker = new BrokerClient({
    adapter: brokerAdapter,
    transactionOptions: TRANSACTION_OPTIONS,
  })
  const log = new LogClient({ adapter: logAdapter, transactionOptions: TRANSACTION_OPTIONS })
  await broker.$connect()
  await log.$connect()
  return {
    broker: { client: broker, adapter: brokerAdapter },
    log: { client: log, adapter: logAdapter },
    async close() {
      await broker.$disconnect()
      await log.$disconnect()
    },
  }
}

const LOG_PAGE_BYTES = 16_384

/**
 * Takes effect only before WAL and before the first table; later it silently does nothing, so a log
 * that was made with other pages keeps them.
 *
 * Every commit writes whole pages to the WAL, and again at a checkpoint. Processor time per MB with pages
 * of 8, 16 and 64 KiB: commits of one 16 KiB chunk 5.2, 5.0 and 9.5 ms, of eight chunks of 512 KiB
 * 1.9, 1.4 and 2.1; a row wastes at most one page, a quarter of a 16 KiB batch with 64 KiB pages.
 */
const LOG_LAYOUT = [`page_size = ${LOG_PAGE_BYTES}`, 'auto_vacuum = INCREMENTAL']

const LOG_TUNING = [
  // The p99 of an acknowledgement is 3.4 ms, against 26 ms with 64 MiB.
  `wal_autocheckpoint = ${(4 * 1024 * 1024) / LOG_PAGE_BYTES}`,
  // 16 MiB holds a whole transaction. With SQLite's 2 MB its pages spill into the WAL before the
  // commit, and some are written twice: 310 MB/s instead of 500 to 670.
  'cache_size = -16384',
]

interface OpeningPragmas {
  /** Before everything else, where the file is made. */
  readonly layout: readonly string[]
  readonly pragmas: readonly string[]
}

function migrated(
  { dataDir, prismaDir }: DatabaseOptions,
  owner: 'broker' | 'log',
  { layout, pragmas }: OpeningPragmas,
): AdapterFactory {
  const file = join(dataDir, `${owner}.db`)
  const migrationsDir = join(prismaDir, owner, 'migrations')
  opening(file, () => migrate({ file, migrationsDir, pragmas: [...layout, ...pragmas] }))
  return createAdapterFactory({ file, pragmas })
}
