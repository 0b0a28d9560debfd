import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Sqlite, { type Database } from 'better-sqlite3'
import { makePrivateFolder } from './private-folder.ts'

/**
 * A lock on the data folder that the kernel frees when its holder dies, however it dies: an open
 * `BEGIN EXCLUSIVE` on a small SQLite file of its own.
 *
 * Nothing else may open that file: closing any descriptor of it gives up a POSIX lock. So the
 * holder's process id stands in a file beside it.
 */
export interface LockRequest {
  readonly dataDir: string
  /** Who takes it: one lock each. */
  readonly name: 'boot' | 'broker' | 'services'
  /** How long to wait for a predecessor to end; 0 answers at once. */
  readonly waitMs: number
}

export interface DataFolderLock {
  /** May be called twice. */
  release(): void
}

export type LockAnswer =
  | { readonly ok: true; readonly lock: DataFolderLock }
  /** `holderPid` is null where the holder has not said who it is. */
  | { readonly ok: false; readonly holderPid: number | null }

/**
 * Takes the lock, making the folder (mode 0700) where it is absent. Throws an error with a sentence
 * for the user where the folder cannot be made or written.
 */
export async function takeDataFolderLock(request: LockRequest): Promise<LockAnswer> {
  const { dataDir, name, waitMs } = request
  const pidFile = join(dataDir, `${name}.pid`)
  const giveUpAtMs = performance.now() + waitMs
  for (;;) {
    const database = inFolder(dataDir, () => tryLock(dataDir, name))
    if (database !== null) {
      inFolder(dataDir, () => writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 }))
      return { ok: true, lock: { release: () => release(database, pidFile) } }
    }
    if (performance.now() >= giveUpAtMs) return { ok: false, holderPid: readPid(pidFile) }
    await delay(POLL_MS)
  }
}

/** SQLite's own busy timeout would block the event loop while it waits. */
const POLL_MS = 25

function tryLock(dataDir: string, name: string): Database | null {
  makePrivateFolder(dataDir)
  const file = join(dataDir, `${name}.lock`)
  const database = new Sqlite(file, { timeout: 0 })
  try {
    chmodSync(file, 0o600)
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function release(database: Database, pidFile: string): void {
  if (!database.open) return
  // First the name, then the lock: the other way round it could be the successor's name.
  rmSync(pidFile, { force: true })
  database.close()
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    return Number.isSafeInteger(pid) ? pid : null
  } catch {
    return null
  }
}

function inFolder<T>(dataDir: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} cannot be written (${codeOf(error)}): set DATA_DIR to another one.`,
      { cause: error },
    )
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
