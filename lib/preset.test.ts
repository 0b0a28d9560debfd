import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { presetClusterId } from '../broker/rules/ids.ts'
import { type PresetInput, preset } from '../broker/rules/preset.ts'
import { createAccount } from './accounts.ts'
import { verifyPassword } from './auth/password.ts'
import { resetPassword } from './auth/reset-password.ts'
import { type ConsoleDb, openConsoleDb } from './db.ts'
import { applyPreset } from './preset.ts'

let dataDir: string
let db: ConsoleDb
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-preset-'))
  db = openConsoleDb(dataDir)
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

const email = 'me@example.com'
const declared: PresetInput = {
  users: [{ email: 'Me@Example.com', password: 'the declared one', name: 'Me' }],
  environments: [
    {
      name: 'staging',
      clusters: [
        { name: 'dev', apiKeys: [{ key: 'TESTKEY234567ABC', secret: 'secret of tests' }] },
      ],
    },
  ],
}
const apply = (input: PresetInput) => applyPreset({ db, preset: preset.parse(input) })

/** Everything that a preset could have touched. */
function rows() {
  return Promise.all([
    db.user.findMany(),
    db.membership.findMany(),
    db.organisation.findMany(),
    db.environment.findMany(),
    db.cluster.findMany(),
    db.apiKey.findMany(),
  ])
}

it('makes what it declares, in the default organisation', async () => {
  await apply(declared)
  const user = await db.user.findUniqueOrThrow({
    where: { email },
    include: { memberships: { include: { organisation: true } } },
  })
  expect(user.memberships.map(({ organisation }) => organisation.isDefault)).toEqual([true])
  const cluster = await db.cluster.findFirstOrThrow({
    include: { apiKeys: true, environment: { include: { organisation: true } } },
  })
  expect(cluster).toMatchObject({ id: presetClusterId('staging', 'dev'), state: 'running' })
  expect(cluster.environment).toMatchObject({ name: 'staging', organisation: { isDefault: true } })
  expect(cluster.apiKeys.map(({ key, state }) => ({ key, state }))).toEqual([
    { key: 'TESTKEY234567ABC', state: 'active' },
  ])
})

it('changes nothing at the next start', async () => {
  await apply(declared)
  await resetPassword(db, email, 'one of their own')
  const before = await rows()
  await apply(declared)
  expect(await rows()).toEqual(before)
  const user = await db.user.findUniqueOrThrow({ where: { email } })
  expect(await verifyPassword(user.passwordHash, 'one of their own')).toBe(true)
})

it('makes again what somebody deleted', async () => {
  await apply(declared)
  await db.cluster.deleteMany()
  await apply(declared)
  expect(await db.apiKey.count()).toBe(1)
})

it('is joined by the first sign-up only where it declares no user', async () => {
  await apply({ environments: declared.environments ?? [] })
  const signUp = (address: string) =>
    createAccount(db, { email: address, name: 'A', password: 'a good password' })
  await signUp('first@example.com')
  await signUp('second@example.com')
  const members = await db.membership.findMany({
    where: { organisation: { isDefault: true } },
    include: { user: true },
  })
  expect(members.map(({ user }) => user.email)).toEqual(['first@example.com'])
})
