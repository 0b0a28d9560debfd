import { setTimeout as delay } from 'node:timers/promises'
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import type { Database } from 'better-sqlite3'
import { type BlobSlots, createBlobSlots } from './blob-slots.ts'
import { openDatabase } from './database.ts'
import { driverAdapterError, isBusy } from './errors.ts'
import { createStatementCache } from './statements.ts'
import { createTurns } from './turns.ts'
import { toResultSet, toSqliteValue } from './values.ts'

/**
 * Prisma's driver adapter over better-sqlite3. It differs from the stock one in what it does with blobs
 * (`blob-slots.ts`), keeps prepared statements, and lets nothing slip into another caller's transaction.
 */
const NAMES = { provider: 'sqlite', adapterName: 'tributary-better-sqlite3' } as const

export interface AdapterOptions {
  /** Path of the database file, or `:memory:`. A new file is made with mode 0600. */
  readonly file: string
  /**
   * Run in this order on every new connection, before anything else: `page_size` and `auto_vacuum`
   * take effect only before `journal_mode = WAL` and before the first table.
   */
  readonly pragmas?: readonly string[]
}

export interface AdapterFactory extends SqlMigrationAwareDriverAdapterFactory {
  connect(): Promise<SqlDriverAdapter>
  /** For raw queries with blobs among their arguments. */
  readonly blobs: BlobSlots
  /**
   * Runs SQL statements beside Prisma on the open connection, outside any transaction. For
   * `PRAGMA incremental_vacuum(n)`, which as a prepared statement frees one page per call.
   */
  exec(script: string): Promise<void>
}

export function createAdapterFactory(options: AdapterOptions): AdapterFactory {
  const blobs = createBlobSlots()
  let connection: SqlDriverAdapter | null = null
  return {
    ...NAMES,
    blobs,
    async connect() {
      connection = createAdapter(openDatabase(options.file, options.pragmas), blobs)
      return connection
    },
    async connectToShadowDb() {
      return createAdapter(openDatabase(':memory:', ['foreign_keys = ON']), blobs)
    },
    async exec(script) {
      if (connection === null) throw new Error('The database is not connected.')
      await connection.executeScript(script)
    },
  }
}

function createAdapter(database: Database, blobs: BlobSlots): SqlDriverAdapter {
  const queryable = createQueryable(database, blobs)
  const turns = createTurns()
  // Whoever holds the database may be another connection of this very process, which could not let
  // go of it while SQLite waits: so the waiting is done here (`whileBusy`).
  database.pragma('busy_timeout = 0')

  /** Waits while a transaction is open, then runs to completion. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    return whileBusy(async () => {
      while (turns.taken !== null) await turns.taken
      return run()
    })
  }

  return {
    ...NAMES,
    queryRaw: (query) => inTurn(() => queryable.queryRaw(query)),
    executeRaw: (query) => inTurn(() => queryable.executeRaw(query)),
    executeScript: (script) => inTurn(async () => attempt(() => void database.exec(script))),
    async startTransaction(isolationLevel) {
      if (isolationLevel !== undefined && isolationLevel !== 'SERIALIZABLE') {
        throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel })
      }
      const endTurn = await turns.take()
      try {
        // Immediate: a transaction that reads first and writes later cannot fail in between.
        await whileBusy(async () => attempt(() => void database.exec('BEGIN IMMEDIATE')))
      } catch (error) {
        endTurn()
        throw error
      }
      return createTransaction(database, queryable, endTurn)
    },
    getConnectionInfo: () => ({ maxBindValues: 32_766, supportsRelationJoins: false }),
    async dispose() {
      database.close()
    },
  }
}

/** Prisma itself sends COMMIT or ROLLBACK as a query, then calls the function of that name. */
function createTransaction(
  database: Database,
  queryable: SqlQueryable,
  endTurn: () => void,
): Transaction {
  async function end() {
    // A commit that failed for want of space may leave the transaction open.
    if (database.open && database.inTransaction) attempt(() => void database.exec('ROLLBACK'))
    endTurn()
  }
  const savepoint = (verb: string) => async (name: string) =>
    attempt(() => void database.exec(`${verb} "${name.replaceAll('"', '""')}"`))
  return {
    ...queryable,
    async executeRaw(query) {
      // A full disk makes SQLite roll back by itself; the error to be told is that one, not that
      // Prisma's ROLLBACK came too late.
      if (query.sql === 'ROLLBACK' && !database.inTransaction) return 0
      return queryable.executeRaw(query)
    },
    options: { usePhantomQuery: false },
    commit: end,
    rollback: end,
    createSavepoint: savepoint('SAVEPOINT'),
    rollbackToSavepoint: savepoint('ROLLBACK TO'),
    releaseSavepoint: savepoint('RELEASE'),
  }
}

function createQueryable(database: Database, blobs: BlobSlots): SqlQueryable {
  const prepare = createStatementCache(database)
  const bindable = (query: SqlQuery) =>
    query.args.map((argument, index) =>
      toSqliteValue(blobs.resolve(argument), query.argTypes[index]),
    )
  return {
    ...NAMES,
    async queryRaw(query) {
      return attempt(() => {
        const statement = prepare(query.sql)
        if (!statement.reader) {
          statement.run(bindable(query))
          return { columnNames: [], columnTypes: [], rows: [] }
        }
        // `raw()` makes every row an array of its columns' values.
        const rows = statement.raw().all(bindable(query)) as unknown[][]
        return toResultSet(statement.columns(), rows)
      })
    },
    async executeRaw(query) {
      return attempt(() => {
        const statement = prepare(query.sql)
        if (statement.reader) return statement.all(bindable(query)).length
        return statement.run(bindable(query)).changes
      })
    },
  }
}

/** As long as SQLite would wait by its own `busy_timeout`. */
const BUSY_MS = 5000
const BUSY_POLL_MS = 5

async function whileBusy<T>(run: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + BUSY_MS
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAtMs) throw error
      await delay(BUSY_POLL_MS)
    }
  }
}

function attempt<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw driverAdapterError(error)
  }
}
