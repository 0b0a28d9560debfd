import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Sqlite from 'better-sqlite3'
import { build } from 'esbuild'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { chunk, newTopic, tenant, writeOf } from '../contract/fixtures.ts'
import type { StorageFailure } from '../failure.ts'
import { openDatabases } from './databases.ts'
import { storageFailure } from './failures.ts'
import { createLogStore } from './log-store.ts'
import { openPrismaStorage } from './storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'tributary-durability-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let round = 0
let dataDir: string
beforeEach(() => {
  dataDir = join(folder, String(round++))
})
const prismaDir = join(import.meta.dirname, '../../../prisma')

describe('the files', () => {
  test('are private, and laid out for their work', async () => {
    const storage = await openPrismaStorage({ dataDir })
    await storage.catalogue.putTenant(tenant('lkc-1'))
    await storage.log.write(writeOf([chunk(1, 0, 10)]))
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    for (const name of ['broker.db', 'log.db', 'broker.db-wal', 'log.db-wal']) {
      expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600)
    }
    await storage.close()
    expect(pragmasOf('log.db')).toEqual({
      page_size: 16_384,
      // INCREMENTAL
      auto_vacuum: 2,
      journal_mode: 'wal',
    })
    // FULL
    const broker = { page_size: 4096, auto_vacuum: 1, journal_mode: 'wal' }
    expect(pragmasOf('broker.db')).toMatchObject(broker)
  })

  test('refuse text where bytes belong, and two chunks at one offset', async () => {
    const { log, close } = await openDatabases({ dataDir, prismaDir, synchronous: 'FULL' })
    const insert = (base: number, bytes: unknown) =>
      log.client.$executeRawUnsafe(
        `INSERT INTO chunk (partition_id, base_offset, next_offset, max_timestamp_ms,
           running_max_timestamp_ms, size_bytes, producers, bytes)
         VALUES (1, ?, 10, 0, 0, 1, x'', ?)`,
        base,
        bytes,
      )
    await expect(insert(0, 'text')).rejects.toThrow(/CHECK constraint failed/)
    await insert(0, new Uint8Array(1))
    await expect(insert(0, new Uint8Array(1))).rejects.toThrow(/UNIQUE constraint failed/)
    const [row] = await log.client.$queryRaw<unknown[]>`PRAGMA synchronous`
    // FULL
    expect(row).toEqual({ synchronous: 2n })
    await close()
  })
})

describe('failures', () => {
  test('a full disk refuses the write, and a later one goes on where the log ended', async () => {
    const databases = await openDatabases({ dataDir, prismaDir, synchronous: 'NORMAL' })
    const log = await createLogStore(databases.log)
    await log.write(writeOf([chunk(1, 0, 10)]))
    await databases.log.adapter.exec('PRAGMA max_page_count = 20')
    const large = chunk(1, 10, 20, { bytes: new Uint8Array(4_000_000), sizeBytes: 4_000_000 })
    const failure = await log.write(writeOf([large])).catch(storageFailure)
    expect(failure).toMatchObject({ code: 'DISK_FULL' })
    expect(databases.log.adapter.blobs.size).toBe(0)
    await databases.log.adapter.exec('PRAGMA max_page_count = 100000')
    await log.write(writeOf([chunk(1, 10, 20)]))
    expect(await log.read(1, 0, 1_000_000)).toHaveLength(2)
    await databases.close()
  })

  test('a folder that cannot be one is an IO failure', async () => {
    writeFileSync(dataDir, '')
    let deaths = 0
    await expect(openPrismaStorage({ dataDir, onFatal: () => deaths++ })).rejects.toMatchObject({
      code: 'IO',
    })
    expect(deaths).toBe(0)
  })

  test('a damaged file is a CORRUPT failure', async () => {
    const storage = await openPrismaStorage({ dataDir })
    await storage.close()
    writeFileSync(join(dataDir, 'log.db'), 'this is no database '.repeat(10_000))
    await expect(openPrismaStorage({ dataDir })).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  test('when the thread dies, what is pending is rejected and the broker is told', async () => {
    const threadFile = join(folder, 'dying.mjs')
    writeFileSync(threadFile, DYING_THREAD)
    const failures: StorageFailure[] = []
    const onFatal = (failure: StorageFailure) => void failures.push(failure)
    const storage = await openPrismaStorage({ dataDir, threadFile, onFatal })
    const pending = await Promise.allSettled([storage.catalogue.load(), storage.log.load()])
    expect(pending.map((result) => result.status)).toEqual(['rejected', 'rejected'])
    await expect(storage.log.write(writeOf([chunk(1, 0, 1)]))).rejects.toMatchObject({
      code: 'CLOSED',
    })
    expect(failures.map((failure) => failure.message)).toEqual([
      'The storage thread is gone: out of luck.',
    ])
    await storage.close()
  })
})

describe('after a loss of power', () => {
  test('a partition that only the log remembers gives its id to nobody', async () => {
    const storage = await openPrismaStorage({ dataDir })
    await storage.log.write(writeOf([chunk(41, 0, 10)]))
    await storage.close()
    // As if broker.db had lost its last commits.
    for (const lost of [true, false]) {
      if (lost) rmSync(join(dataDir, 'broker.db'))
      const again = await openPrismaStorage({ dataDir })
      if (lost) await again.catalogue.putTenant(tenant('lkc-1'))
      const [topic] = await again.catalogue.createTopics([newTopic(`lost-${lost}`)])
      expect(topic?.partitionIds).toEqual([lost ? 42 : 43])
      await again.close()
    }
  })
})

describe('after kill -9', () => {
  test('everything that was acknowledged is there, whole, and ids go on', async () => {
    const script = await bundleWriter()
    const acknowledged: string[] = []
    // Four processes after one another in the same folder, each killed in the middle of its writes.
    for (let life = 0; life < 4; life++) {
      const child = spawn(process.execPath, [script, dataDir, prismaDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exited = once(child, 'exit')
      let lines = 0
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line)
        if (++lines === 20 + life * 7) child.kill('SIGKILL')
      }
      await exited
    }
    const storage = await openPrismaStorage({ dataDir })
    const { topics } = await storage.catalogue.load()
    const stored = new Map(topics.map((topic) => [topic.name, topic.partitionIds[0]]))
    for (const line of acknowledged) {
      const { name, partitionId, nextOffset } = JSON.parse(line)
      expect(stored.get(name)).toBe(partitionId)
      const chunks = await storage.log.read(partitionId, 0, 100_000_000)
      expect(chunks.at(-1)?.nextOffset).toBeGreaterThanOrEqual(nextOffset)
      for (const read of chunks) {
        expect(new Set(read.bytes)).toEqual(new Set([read.baseOffset % 251]))
        expect(read.bytes.length).toBe(read.sizeBytes)
      }
    }
    expect(new Set(stored.values()).size).toBe(topics.length)
    await storage.close()
  }, 120_000)
})

/** Acts as the storage thread until it is asked for something. */
const DYING_THREAD = `
import { parentPort } from 'node:worker_threads'
parentPort.postMessage({ id: 0, ok: true })
parentPort.on('message', () => { throw new Error('out of luck') })
`

/** A process that creates topics and writes to them, saying on its output what is acknowledged. */
async function bundleWriter(): Promise<string> {
  const outfile = join(prismaDir, '../node_modules/.cache/tributary/durability-writer.mjs')
  await build({
    stdin: { contents: WRITER, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    // The thread's script is made from source, so its source has to be found.
    define: { 'import.meta.url': JSON.stringify(new URL('./storage.ts', import.meta.url).href) },
  })
  return outfile
}

const WRITER = `
import { openPrismaStorage } from './storage.ts'
import { chunk, newTopic, tenant, writeOf } from '../contract/fixtures.ts'
const [, , dataDir, prismaDir] = process.argv
const storage = await openPrismaStorage({ dataDir, prismaDir })
await storage.catalogue.putTenant(tenant('lkc-1'))
const { topics } = await storage.catalogue.load()
for (let number = topics.length; ; number++) {
  const name = 'topic-' + number
  const [topic] = await storage.catalogue.createTopics([newTopic(name)])
  const partitionId = topic.partitionIds[0]
  for (let base = 0; base < 30; base += 10) {
    const bytes = new Uint8Array(100_000).fill(base % 251)
    await storage.log.write(writeOf([chunk(partitionId, base, base + 10, { bytes, sizeBytes: bytes.length })]))
    console.log(JSON.stringify({ name, partitionId, nextOffset: base + 10 }))
  }
}
`

function pragmasOf(name: string): Record<string, unknown> {
  const database = new Sqlite(join(dataDir, name))
  try {
    const names = ['page_size', 'auto_vacuum', 'journal_mode']
    return Object.fromEntries(
      names.map((pragma) => [pragma, database.pragma(pragma, { simple: true })]),
    )
  } finally {
    database.close()
  }
}
