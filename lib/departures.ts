import type { ConsoleTransaction } from './accounts.ts'
import type { BrokerControl } from './control/broker.ts'
import type { ConnectControl } from './control/connect.ts'
import type { ConsoleDb } from './db.ts'

/**
 * What happens to an organisation that its last member leaves: everything in it goes.
 *
 * The account and its sessions go at once, in one commit that also marks the clusters as `deleting`.
 * The broker is asked afterwards, cluster by cluster; what it has not forgotten when the program
 * ends, the next start carries on (`reconcile.ts`). Nobody is left who could see the rest.
 */

/** Deletes the account with its sessions; resolves with the clusters that the broker must forget. */
export async function deleteAccount(db: ConsoleDb, userId: string): Promise<readonly string[]> {
  return db.$transaction(async (tx) => {
    const left = await organisationsOnlyOf(tx, userId)
    const isLeft = { environment: { organisationId: { in: left } } }
    const clusters = await tx.cluster.findMany({ where: isLeft, select: { id: true } })
    await tx.cluster.updateMany({ where: isLeft, data: { state: 'deleting' } })
    // Whoever signs up next must not find it: a default organisation is made anew when one is needed.
    await tx.organisation.updateMany({ where: { id: { in: left } }, data: { isDefault: false } })
    await tx.user.delete({ where: { id: userId } })
    return clusters.map(({ id }) => id)
  })
}

/**
 * Connectors end first, so that none is left that fails for want of its cluster; then the broker
 * forgets the cluster, then the console does. False where one of them is away.
 */
export async function finishDeletingCluster(
  {
    db,
    broker,
    connect,
  }: {
    readonly db: ConsoleDb
    readonly broker: Pick<BrokerControl, 'deleteTenant'>
    readonly connect: Pick<ConnectControl, 'deleteCluster'>
  },
  clusterId: string,
): Promise<boolean> {
  if (!(await connect.deleteCluster(clusterId)).ok) return false
  if (!(await broker.deleteTenant(clusterId)).ok) return false
  await db.cluster.deleteMany({ where: { id: clusterId } })
  return true
}

/** Removes what organisations without members have left, once their last cluster has gone. */
export async function removeDeserted(db: ConsoleDb): Promise<void> {
  const isDeserted = { isDefault: false, memberships: { none: {} } }
  await db.$transaction(async (tx) => {
    await tx.environment.deleteMany({
      where: { organisation: isDeserted, clusters: { none: {} } },
    })
    await tx.organisation.deleteMany({ where: { ...isDeserted, environments: { none: {} } } })
  })
}

async function organisationsOnlyOf(db: ConsoleTransaction, userId: string): Promise<string[]> {
  const rows = await db.organisation.findMany({
    where: { memberships: { some: { userId }, none: { userId: { not: userId } } } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
