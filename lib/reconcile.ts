import type { TenantView } from '../broker/rules/control.ts'
import { createDefaultEnvironment, ensureDefaultOrganisation } from './accounts.ts'
import type { BrokerControl } from './control/broker.ts'
import type { ControlAnswer } from './control/call.ts'
import type { ConsoleDb } from './db.ts'
import { removeDeserted } from './departures.ts'

/**
 * Brings the console's rows and the broker's tenants together after whatever ended the last run.
 *
 * Creating a cluster or key writes a row, then asks the broker, then marks the row; deleting marks
 * the row, then asks, then removes it. So a row says what was under way, and every step may be done
 * twice. What only the broker knows is adopted, never deleted: nobody's data is ours to throw away.
 */
export async function reconcile(stores: {
  readonly db: ConsoleDb
  readonly control: BrokerControl
}): Promise<{ ok: true; value: undefined } | { ok: false; reason: string }> {
  try {
    await carryOnClusters(stores)
    await removeDeserted(stores.db)
    await adoptTenants(stores)
    await carryOnKeys(stores)
    return { ok: true, value: undefined }
  } catch (error) {
    if (error instanceof ControlRefused) return { ok: false, reason: error.message }
    throw error
  }
}

interface Stores {
  readonly db: ConsoleDb
  readonly control: BrokerControl
}

async function carryOnClusters({ db, control }: Stores): Promise<void> {
  const inBroker = new Set(demand(await control.tenants()).map(({ id }) => id))
  for (const cluster of await db.cluster.findMany()) {
    if (cluster.state === 'deleting') {
      demand(await control.deleteTenant(cluster.id))
      await db.cluster.delete({ where: { id: cluster.id } })
    } else if (cluster.state === 'provisioning' || !inBroker.has(cluster.id)) {
      // After a loss of power broker.db may be behind and miss a running cluster. Its topics are
      // lost then, but that must not keep everything else from starting.
      const type = cluster.type === 'STANDARD' ? 'STANDARD' : 'BASIC'
      demand(await control.putTenant(cluster.id, { type }))
      await db.cluster.update({ where: { id: cluster.id }, data: { state: 'running' } })
    }
  }
}

async function adoptTenants({ db, control }: Stores): Promise<void> {
  for (const tenant of demand(await control.tenants())) {
    const row = await db.cluster.findUnique({ where: { id: tenant.id } })
    if (row === null) await adoptTenant(db, tenant)
  }
}

async function adoptTenant(db: ConsoleDb, tenant: TenantView): Promise<void> {
  const organisation = await ensureDefaultOrganisation(db)
  const environment = await firstEnvironment(db, organisation.id)
  await db.cluster.create({
    data: {
      id: tenant.id,
      environmentId: environment.id,
      name: await freeName(db, environment.id, tenant.id),
      provider: 'aws',
      region: 'us-east-2',
      type: tenant.type,
      state: 'running',
      createdMs: BigInt(tenant.createdMs),
    },
  })
}

/** A person may have deleted every environment; an adopted cluster needs one. */
async function firstEnvironment(db: ConsoleDb, organisationId: string) {
  const first = await db.environment.findFirst({
    where: { organisationId },
    orderBy: { createdMs: 'asc' },
  })
  return first ?? (await createDefaultEnvironment(db, organisationId))
}

/**
 * The id, which is what clients see of an adopted cluster: its name was known to another console.db,
 * if ever. A person may have given just this name to another cluster.
 */
async function freeName(db: ConsoleDb, environmentId: string, id: string): Promise<string> {
  const isTaken = (await db.cluster.count({ where: { environmentId, name: id } })) > 0
  return isTaken ? `${id} ${crypto.randomUUID().slice(0, 8)}` : id
}

async function carryOnKeys({ db, control }: Stores): Promise<void> {
  for (const cluster of await db.cluster.findMany({ include: { apiKeys: true } })) {
    const inBroker = new Map(
      demand(await control.keys(cluster.id)).map((view) => [view.key, view] as const),
    )
    for (const row of cluster.apiKeys) {
      const isSettled = row.state === 'active'
      // A key still provisioning was never shown to anyone; one being deleted was asked to go.
      if (!isSettled && inBroker.has(row.key)) demand(await control.deleteKey(cluster.id, row.key))
      if (!isSettled || !inBroker.has(row.key)) await db.apiKey.delete({ where: { key: row.key } })
      inBroker.delete(row.key)
    }
    for (const view of inBroker.values()) {
      await db.apiKey.create({
        data: {
          key: view.key,
          clusterId: cluster.id,
          description: '',
          state: 'active',
          createdMs: BigInt(view.createdMs),
        },
      })
    }
  }
}

class ControlRefused extends Error {}

function demand<Value>(answer: ControlAnswer<Value>): Value {
  if (answer.ok) return answer.value
  throw new ControlRefused(`The broker refused to be brought in line: ${answer.message}`)
}
