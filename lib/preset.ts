import { newId } from '../broker/rules/ids.ts'
import { clustersOf, type DeclaredCluster, type Preset } from '../broker/rules/preset.ts'
import { canonicalEmail, createAccount, ensureDefaultOrganisation } from './accounts.ts'
import type { ConsoleDb } from './db.ts'

/**
 * What a preset means to the console: users, environments, and the rows of clusters and keys that the
 * broker has made from the same file. Creates what is absent; changes and deletes nothing.
 */
export async function applyPreset({
  db,
  preset,
}: {
  readonly db: ConsoleDb
  readonly preset: Preset
}): Promise<void> {
  for (const user of preset.users) {
    const email = canonicalEmail(user.email)
    // Looked up first: hashing a password that nobody needs would slow every start.
    if ((await db.user.findUnique({ where: { email } })) !== null) continue
    await createAccount(db, { ...user, name: user.name ?? email.split('@')[0] ?? email }, 'preset')
  }
  const organisation = await ensureDefaultOrganisation(db)
  for (const { name } of preset.environments) await ensureEnvironment(db, organisation.id, name)
  for (const cluster of clustersOf(preset)) {
    const environment = await ensureEnvironment(db, organisation.id, cluster.environment)
    await ensureCluster(db, environment.id, cluster)
  }
}

async function ensureEnvironment(db: ConsoleDb, organisationId: string, name: string) {
  return db.environment.upsert({
    where: { organisationId_name: { organisationId, name } },
    create: { id: newId('env'), organisationId, name, createdMs: BigInt(Date.now()) },
    update: {},
  })
}

async function ensureCluster(db: ConsoleDb, environmentId: string, cluster: DeclaredCluster) {
  const sameName = { environmentId_name: { environmentId, name: cluster.name } }
  const named = await db.cluster.findUnique({ where: sameName })
  // A cluster that a person made under this name is another one; its keys are not the preset's.
  if (named !== null && named.id !== cluster.id) return
  await db.cluster.upsert({
    where: { id: cluster.id },
    create: {
      id: cluster.id,
      environmentId,
      name: cluster.name,
      provider: cluster.provider,
      region: cluster.region,
      type: cluster.type,
      state: 'running',
      createdMs: BigInt(Date.now()),
    },
    update: {},
  })
  for (const { key, description } of cluster.apiKeys) {
    await db.apiKey.upsert({
      where: { key },
      create: {
        key,
        clusterId: cluster.id,
        description,
        state: 'active',
        createdMs: BigInt(Date.now()),
      },
      update: {},
    })
  }
}
