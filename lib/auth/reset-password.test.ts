import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccount } from '../accounts.ts'
import { type ConsoleDb, openConsoleDb } from '../db.ts'
import { verifyPassword } from './password.ts'
import { resetPassword } from './reset-password.ts'

let dataDir: string
let db: ConsoleDb
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-reset-'))
  db = openConsoleDb(dataDir)
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

async function account(email: string) {
  await createAccount(db, { email, name: 'A', password: 'the first password' })
  const user = await db.user.findUniqueOrThrow({ where: { email } })
  await db.session.create({
    data: { id: `session of ${email}`, userId: user.id, createdMs: 0n, expiresMs: 1n },
  })
}

it('replaces the password and ends the sessions of that account alone', async () => {
  await account('me@example.com')
  await account('other@example.com')
  expect(await resetPassword(db, 'Me@Example.com', 'the second password')).toBe(true)

  const me = await db.user.findUniqueOrThrow({ where: { email: 'me@example.com' } })
  expect(await verifyPassword(me.passwordHash, 'the second password')).toBe(true)
  expect(await verifyPassword(me.passwordHash, 'the first password')).toBe(false)
  expect((await db.session.findMany()).map(({ id }) => id)).toEqual([
    'session of other@example.com',
  ])
})

it('says that there is no such account', async () => {
  expect(await resetPassword(db, 'nobody@example.com', 'a password')).toBe(false)
})
