import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DataFolderLock, takeDataFolderLock } from './data-folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the lock on the data folder', () => {
  test('makes a private folder, and names its holder to whoever comes second', async () => {
    const dataDir = join(folder, 'new', 'data')
    const lock = await held(dataDir, 0)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'boot.lock')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'boot.pid')).mode & 0o777).toBe(0o600)
    expect(await takeDataFolderLock({ dataDir, name: 'boot', waitMs: 0 })).toEqual({
      ok: false,
      holderPid: process.pid,
    })
    lock.release()
    lock.release()
    const second = await held(dataDir, 0)
    second.release()
  })

  test('is one lock per name', async () => {
    const boot = await held(folder, 0)
    const broker = await takeDataFolderLock({ dataDir: folder, name: 'broker', waitMs: 0 })
    expect(broker.ok).toBe(true)
    boot.release()
    if (broker.ok) broker.lock.release()
  })

  test('is waited for', async () => {
    const first = await held(folder, 0)
    const second = held(folder, 10_000)
    first.release()
    ;(await second).release()
  })

  test('is freed by the kernel when its holder is killed', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const refused = await takeDataFolderLock({ dataDir: folder, name: 'boot', waitMs: 0 })
    expect(refused).toEqual({ ok: false, holderPid: child.pid })
    child.kill('SIGKILL')
    const lock = await held(folder, 10_000)
    lock.release()
  })

  test('says in a sentence that the folder cannot be made', async () => {
    await expect(
      takeDataFolderLock({ dataDir: '/proc/tributary/data', name: 'boot', waitMs: 0 }),
    ).rejects.toThrow(
      'The data folder /proc/tributary/data cannot be written (ENOENT): set DATA_DIR',
    )
  })

  test('says in a sentence that the folder cannot be used', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(
      takeDataFolderLock({ dataDir: join(file, 'data'), name: 'boot', waitMs: 0 }),
    ).rejects.toThrow(/The data folder .*data cannot be written \(ENOTDIR\): set DATA_DIR/)
  })
})

async function held(dataDir: string, waitMs: number): Promise<DataFolderLock> {
  const answer = await takeDataFolderLock({ dataDir, name: 'boot', waitMs })
  if (!answer.ok) throw new Error(`The lock is held by ${answer.holderPid}.`)
  return answer.lock
}

/** What a process of ours does, in JavaScript that Node runs as it is. */
const HOLDER = `
import { writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
const folder = process.argv[1]
const database = new Sqlite(folder + '/boot.lock')
database.exec('BEGIN EXCLUSIVE')
writeFileSync(folder + '/boot.pid', String(process.pid))
console.log('held')
setInterval(() => {}, 1000)
`
