import { newId } from '../broker/rules/ids.ts'
import { hashPassword } from './auth/password.ts'
import type { ConsoleDb } from './db.ts'

/**
 * Accounts and the organisation each belongs to.
 *
 * An installation has one default organisation. Presets belong to it, and the first sign-up joins it
 * where it has no member yet; every later sign-up gets an organisation of its own. Each organisation
 * starts with the environment `default`.
 */
export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly password: string
}

export const defaultEnvironmentName = 'default'

/**
 * Creates the user, and the organisation where a sign-up needs one of its own; null where the e-mail
 * is taken. Users of a preset are members of the default organisation.
 */
export async function createAccount(
  db: ConsoleDb,
  account: NewAccount,
  by: 'sign-up' | 'preset' = 'sign-up',
): Promise<{ userId: string } | null> {
  const email = canonicalEmail(account.email)
  const passwordHash = await hashPassword(account.password)
  return db.$transaction(async (tx) => {
    if ((await tx.user.findUnique({ where: { email } })) !== null) return null
    const organisation =
      by === 'preset'
        ? await ensureDefaultOrganisation(tx)
        : await organisationForSignUp(tx, account.name)
    const user = await tx.user.create({
      data: { id: newId('u'), email, name: account.name, passwordHash, createdMs: nowMs() },
    })
    await tx.membership.create({
      data: { userId: user.id, organisationId: organisation.id, createdMs: nowMs() },
    })
    return { userId: user.id }
  })
}

/** The default organisation with its environment `default`, made at the first call. */
export async function ensureDefaultOrganisation(db: ConsoleTransaction) {
  const existing = await db.organisation.findFirst({ where: { isDefault: true } })
  return existing ?? (await createOrganisation(db, { name: 'Default', isDefault: true }))
}

/** E-mail addresses are compared without case, as every mail host in use does. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** What both the client and an open transaction offer. */
export type ConsoleTransaction = Pick<
  ConsoleDb,
  'user' | 'session' | 'organisation' | 'membership' | 'environment' | 'cluster' | 'apiKey'
>

async function organisationForSignUp(db: ConsoleTransaction, personName: string) {
  const first = await ensureDefaultOrganisation(db)
  const members = await db.membership.count({ where: { organisationId: first.id } })
  if (members === 0) return first
  return createOrganisation(db, { name: personName, isDefault: false })
}

async function createOrganisation(
  db: ConsoleTransaction,
  { name, isDefault }: { name: string; isDefault: boolean },
) {
  const organisation = await db.organisation.create({
    data: { id: crypto.randomUUID(), name, isDefault, createdMs: nowMs() },
  })
  await createDefaultEnvironment(db, organisation.id)
  return organisation
}

/** Makes the environment `default` of an organisation that has none. */
export function createDefaultEnvironment(db: ConsoleTransaction, organisationId: string) {
  return db.environment.create({
    data: { id: newId('env'), organisationId, name: defaultEnvironmentName, createdMs: nowMs() },
  })
}

function nowMs(): bigint {
  return BigInt(Date.now())
}
