import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { isUnwritable } from '../prisma/adapter/errors.ts'
import { controlApp } from './control.ts'
import { openServicesDb } from './database.ts'

it('a disk that takes no more is told from what else can go wrong, and answered with a sentence', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-services-'))
  const db = openServicesDb(dataDir)
  // What SQLite says then is what it says on a full disk.
  await db.$queryRawUnsafe('PRAGMA max_page_count = 1')
  const row = (id: number) => ({ minute: id, steps: 1, measuredMs: 5000, samples: 0 })
  const fill = async () => {
    for (let minute = 0; minute < 10_000; minute += 100) {
      const data = Array.from({ length: 100 }, (_, n) => row(minute + n))
      await db.metricMinute.createMany({ data })
    }
  }
  const full: unknown = await fill().catch((error: unknown) => error)
  expect(isUnwritable(full)).toBe(true)
  expect(isUnwritable(await db.$queryRawUnsafe('SELECT nothing').catch((error) => error))).toBe(
    false,
  )
  expect(isUnwritable(new Error('SQLITE_FULL'))).toBe(false)

  const routes = new Hono().get('/', () => {
    throw full
  })
  const app = controlApp({
    token: 'token',
    status: () => ({ startId: '', startedMs: 0, pid: 0 }),
    routes: { '/full': routes },
  })
  const answer = await app.request('/full', { headers: { authorization: 'Bearer token' } })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ error: { code: 'STORAGE' } })
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})
