import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { preset } from '../broker/rules/preset.ts'
import { createAccount } from './accounts.ts'
import { verifyPassword } from './auth/password.ts'
import { type ConsoleDb, openConsoleDb } from './db.ts'
import { applyPreset } from './preset.ts'

let dataDir: string
let db: ConsoleDb

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-accounts-'))
  db = openConsoleDb(dataDir)
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

function person(name: string) {
  return { name, email: `${name}@example.com`, password: `password of ${name}` }
}

async function organisationsOf(name: string) {
  const user = await db.user.findUniqueOrThrow({
    where: { email: `${name}@example.com` },
    include: { memberships: { include: { organisation: { include: { environments: true } } } } },
  })
  return user.memberships.map(({ organisation }) => ({
    isDefault: organisation.isDefault,
    environments: organisation.environments.map((environment) => environment.name),
  }))
}

test('the first sign-up joins the default organisation, later ones get their own', async () => {
  await createAccount(db, person('maya'))
  await createAccount(db, person('noor'))
  expect(await organisationsOf('maya')).toEqual([{ isDefault: true, environments: ['default'] }])
  expect(await organisationsOf('noor')).toEqual([{ isDefault: false, environments: ['default'] }])
})

test('of people who sign up at the same moment one is the first', async () => {
  const names = ['a', 'b', 'c', 'd']
  await Promise.all(names.map((name) => createAccount(db, person(name))))
  const organisations = (await Promise.all(names.map(organisationsOf))).flat()
  expect(organisations.filter(({ isDefault }) => isDefault)).toHaveLength(1)
  expect(await db.organisation.count()).toBe(4)
})

test('an e-mail is taken once, whatever its case, and nothing is left of the second try', async () => {
  expect(await createAccount(db, person('maya'))).not.toBeNull()
  const again = { ...person('other'), email: ' MAYA@example.com ' }
  expect(await createAccount(db, again)).toBeNull()
  expect(await db.organisation.count()).toBe(1)
})

test('where a preset has members, the first sign-up does not join them', async () => {
  const declared = preset.parse({
    users: [person('me')],
    environments: [
      {
        name: 'default',
        clusters: [
          {
            name: 'dev',
            provider: 'gcp',
            region: 'europe-west2',
            apiKeys: [{ key: 'TESTKEY234567ABC', secret: 'long enough', description: 'ci' }],
          },
        ],
      },
    ],
  })
  await applyPreset({ db, preset: declared })
  await applyPreset({ db, preset: declared })
  await createAccount(db, person('maya'))
  expect(await organisationsOf('me')).toEqual([{ isDefault: true, environments: ['default'] }])
  expect(await organisationsOf('maya')).toEqual([{ isDefault: false, environments: ['default'] }])
  const clusters = await db.cluster.findMany({ include: { apiKeys: true } })
  expect(clusters).toMatchObject([
    {
      name: 'dev',
      state: 'running',
      region: 'europe-west2',
      apiKeys: [{ key: 'TESTKEY234567ABC', description: 'ci', state: 'active' }],
    },
  ])
})

test('a password is known by its hash only, and nobody is known by none', async () => {
  await createAccount(db, person('maya'))
  const { passwordHash } = await db.user.findFirstOrThrow()
  expect(passwordHash).toMatch(/^\$argon2id\$/)
  expect(await verifyPassword(passwordHash, 'password of maya')).toBe(true)
  expect(await verifyPassword(passwordHash, 'password of noor')).toBe(false)
  expect(await verifyPassword(undefined, 'password of maya')).toBe(false)
  expect(await verifyPassword(passwordHash, 'p'.repeat(1_000_000))).toBe(false)
})
