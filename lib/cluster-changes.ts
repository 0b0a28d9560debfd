import { brokerControl } from './broker-control.ts'
import { connectControl } from './connect-control.ts'
import { consoleDb } from './db.ts'
import { finishDeletingCluster } from './departures.ts'
import { clusterStateOf } from './format/cluster-states.ts'

const pauseMs = 2000

// Hot reload in development evaluates this module again; nothing may be carried on twice at a time.
const kept = globalThis as { tributaryClusterChanges?: Set<string> }

function underWay(): Set<string> {
  kept.tributaryClusterChanges ??= new Set()
  return kept.tributaryClusterChanges
}

/**
 * Carries a cluster's row on from `provisioning` to `running`, or from `deleting` to gone. Resolves
 * after the first attempt; where broker or services are away, they are asked again every 2 s for as long as this
 * process lives. The next start does the rest (`lib/reconcile.ts`).
 */
export async function carryOn(clusterId: string): Promise<void> {
  if ((await attempt(clusterId)) === 'done' || underWay().has(clusterId)) return
  underWay().add(clusterId)
  const again = async () => {
    try {
      if ((await attempt(clusterId)) === 'away') return void setTimeout(again, pauseMs).unref()
    } catch (error) {
      console.error(`The cluster ${clusterId} could not be carried on:`, error)
    }
    underWay().delete(clusterId)
  }
  setTimeout(again, pauseMs).unref()
}

async function attempt(clusterId: string): Promise<'done' | 'away'> {
  const db = consoleDb()
  const row = await db.cluster.findUnique({ where: { id: clusterId } })
  const state = row === null ? 'running' : clusterStateOf(row.state)
  if (row === null || state === 'running') return 'done'
  if (state === 'deleting') {
    const stores = { db, broker: brokerControl(), connect: connectControl() }
    return (await finishDeletingCluster(stores, clusterId)) ? 'done' : 'away'
  }
  const type = row.type === 'STANDARD' ? 'STANDARD' : 'BASIC'
  if (!(await brokerControl().putTenant(clusterId, { type })).ok) return 'away'
  // Only from `provisioning`: meanwhile somebody may have asked for its deletion, or had it.
  await db.cluster.updateMany({
    where: { id: clusterId, state: 'provisioning' },
    data: { state: 'running' },
  })
  const isGone = (await db.cluster.count({ where: { id: clusterId } })) === 0
  if (isGone) await brokerControl().deleteTenant(clusterId)
  return 'done'
}
