import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AdapterFactory, createAdapterFactory } from '../../../prisma/adapter/adapter.ts'
import { migrate } from '../../../prisma/adapter/migrate.ts'
import { PrismaClient } from '../../../prisma/broker/generated/client.ts'

/**
 * The driver adapter through Prisma Client, on the schema of broker.db and a table of other types.
 * It stands here because only this folder may use that client.
 */
const folder = mkdtempSync(join(tmpdir(), 'tributary-adapter-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
let factory: AdapterFactory
let prisma: PrismaClient
beforeEach(async () => {
  const file = join(folder, `${opened++}.db`)
  migrate({ file, migrationsDir: join(import.meta.dirname, '../../../prisma/broker/migrations') })
  factory = createAdapterFactory({ file })
  prisma = new PrismaClient({ adapter: factory })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await prisma.$executeRaw`CREATE TABLE thing (id INTEGER PRIMARY KEY, blob BLOB, at DATETIME, flag BOOLEAN)`
})
afterEach(async () => {
  expect(factory.blobs.size).toBe(0)
  await prisma.$disconnect()
})

const tenant = { id: 'lkc-1', type: 'BASIC', limits: '{}', createdMs: 1n }

describe('model queries', () => {
  test('write and read 64-bit integers exactly, and bytes', async () => {
    const createdMs = 2n ** 62n + 1n
    await prisma.tenant.create({ data: { ...tenant, createdMs } })
    const secretHash = new Uint8Array(32).fill(7)
    await prisma.apiKey.create({ data: { key: 'K', tenantId: 'lkc-1', secretHash, createdMs: 5 } })
    const found = await prisma.tenant.findUniqueOrThrow({
      where: { id: 'lkc-1' },
      include: { apiKeys: true },
    })
    expect(found.createdMs).toBe(createdMs)
    expect([...(found.apiKeys[0]?.secretHash ?? [])]).toEqual([...secretHash])
    expect(await prisma.tenant.count({ where: { createdMs } })).toBe(1)
  })

  test('report a taken name as P2002, an absent owner as P2003, an absent row as P2025', async () => {
    await prisma.tenant.create({ data: tenant })
    await expect(prisma.tenant.create({ data: tenant })).rejects.toMatchObject({ code: 'P2002' })
    const orphan = { id: 't', tenantId: 'absent', name: 't', config: '{}', createdMs: 1 }
    await expect(prisma.topic.create({ data: orphan })).rejects.toMatchObject({ code: 'P2003' })
    await expect(prisma.tenant.delete({ where: { id: 'absent' } })).rejects.toMatchObject({
      code: 'P2025',
    })
  })

  test('cascade', async () => {
    const topics = { create: [{ id: 't', name: 't', config: '{}', createdMs: 1 }] }
    await prisma.tenant.create({ data: { ...tenant, topics } })
    await prisma.tenant.delete({ where: { id: 'lkc-1' } })
    expect(await prisma.topic.count()).toBe(0)
  })
})

describe('raw queries', () => {
  test('carry dates and booleans', async () => {
    const at = new Date('2026-11-20T09:00:00.123Z')
    await prisma.$executeRaw`INSERT INTO thing (at, flag) VALUES (${at}, ${true})`
    const [row] = await prisma.$queryRaw<unknown[]>`SELECT at, flag FROM thing`
    expect(row).toEqual({ at, flag: true })
  })

  test('carry blobs by reference, and give back what SQLite has', async () => {
    const bytes = new Uint8Array(3_000_000).fill(9)
    await factory.blobs.withBlobs(async (blob) => {
      const marker = blob(bytes)
      expect(marker.length).toBeLessThan(100)
      expect(factory.blobs.resolve(marker)).toBe(bytes)
      await prisma.$executeRaw`INSERT INTO thing (blob) VALUES (${marker})`
    })
    const [row] = await prisma.$queryRaw<{ blob: Uint8Array; type: string }[]>`
      SELECT blob, typeof(blob) AS type FROM thing`
    expect(row?.type).toBe('blob')
    expect(Buffer.compare(row?.blob ?? new Uint8Array(0), bytes)).toBe(0)
    // Memory of its own, so that a thread can give it away.
    expect(row?.blob.buffer.byteLength).toBe(bytes.length)
  })

  test('release the slots of a query that failed, and refuse their markers afterwards', async () => {
    let marker = ''
    await expect(
      factory.blobs.withBlobs(async (blob) => {
        marker = blob(new Uint8Array(10))
        await prisma.$executeRaw`INSERT INTO absent (blob) VALUES (${marker})`
      }),
    ).rejects.toMatchObject({ code: 'P2010' })
    expect(factory.blobs.size).toBe(0)
    await expect(prisma.$executeRaw`INSERT INTO thing (blob) VALUES (${marker})`).rejects.toThrow(
      /after its query had ended/,
    )
  })

  test('carry blobs within a transaction', async () => {
    await factory.blobs.withBlobs((blob) =>
      prisma.$transaction(async (transaction) => {
        const marker = blob(new Uint8Array(5))
        await transaction.$executeRaw`INSERT INTO thing (blob) VALUES (${marker})`
      }),
    )
    const [row] = await prisma.$queryRaw<unknown[]>`SELECT length(blob) AS length FROM thing`
    expect(row).toEqual({ length: 5n })
  })
})

describe('transactions', () => {
  test('roll back what failed, also when SQLite has rolled back already', async () => {
    await expect(
      prisma.$transaction(async (transaction) => {
        await transaction.tenant.create({ data: tenant })
        await transaction.$executeRaw`ROLLBACK`
        throw new Error('the reason')
      }),
    ).rejects.toThrow('the reason')
    await expect(
      prisma.$transaction([
        prisma.tenant.create({ data: tenant }),
        prisma.tenant.create({ data: tenant }),
      ]),
    ).rejects.toMatchObject({ code: 'P2002' })
    expect(await prisma.tenant.count()).toBe(0)
  })

  test('keep out what other callers write meanwhile', async () => {
    let other: Promise<unknown> = Promise.resolve()
    const failing = prisma.$transaction(async (transaction) => {
      await transaction.tenant.create({ data: tenant })
      other = prisma.tenant.create({ data: { ...tenant, id: 'lkc-2' } })
      await transaction.tenant.count()
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await other
    expect((await prisma.tenant.findMany()).map((row) => row.id)).toEqual(['lkc-2'])
  })

  test('come one after another', async () => {
    await prisma.sequence.create({ data: { name: 'n', next: 0 } })
    const increments = Array.from({ length: 20 }, () =>
      prisma.$transaction(async (transaction) => {
        const { next } = await transaction.sequence.findUniqueOrThrow({ where: { name: 'n' } })
        await transaction.sequence.update({ where: { name: 'n' }, data: { next: next + 1n } })
      }),
    )
    await Promise.all(increments)
    expect((await prisma.sequence.findUniqueOrThrow({ where: { name: 'n' } })).next).toBe(20n)
  })

  test('wait for those of another connection of the same process', async () => {
    const [file] = await prisma.$queryRaw<{ file: string }[]>`PRAGMA database_list`
    const second = new PrismaClient({ adapter: createAdapterFactory({ file: file?.file ?? '' }) })
    let others: Promise<unknown>[] = []
    await prisma.$transaction(async (transaction) => {
      await transaction.tenant.create({ data: tenant })
      others = [
        second.tenant.create({ data: { ...tenant, id: 'lkc-2' } }),
        second.$transaction([second.tenant.create({ data: { ...tenant, id: 'lkc-3' } })]),
      ]
      // Long enough for both to have found the database busy.
      for (let turn = 0; turn < 20; turn++) await transaction.tenant.count()
    })
    await Promise.all(others)
    expect(await prisma.tenant.count()).toBe(3)
    await second.$disconnect()
  })

  test('a full disk refuses a commit, and the next one finds the database as it was', async () => {
    const [{ page_count: pages = 0 } = {}] = await prisma.$queryRaw<{ page_count?: number }[]>`
      PRAGMA page_count`
    await factory.exec(`PRAGMA max_page_count = ${Number(pages) + 2}`)
    await expect(
      factory.blobs.withBlobs((blob) =>
        prisma.$transaction([
          prisma.tenant.create({ data: tenant }),
          prisma.$executeRaw`INSERT INTO thing (blob) VALUES (${blob(new Uint8Array(100_000))})`,
        ]),
      ),
    ).rejects.toMatchObject({
      meta: { driverAdapterError: { cause: { originalCode: 'SQLITE_FULL' } } },
    })
    await factory.exec('PRAGMA max_page_count = 1000000')
    await prisma.tenant.create({ data: tenant })
    expect(await prisma.tenant.count()).toBe(1)
  })
})
