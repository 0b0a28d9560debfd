'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { newId } from '../../broker/rules/ids.ts'
import { clusterTypes } from '../../broker/rules/limits.ts'
import { clusterNameProblem } from '../../broker/rules/names.ts'
import { placeProblem } from '../../broker/rules/regions.ts'
import { carryOn } from '../cluster-changes.ts'
import { consoleDb } from '../db.ts'
import { failed, failedAt } from '../errors.ts'
import { availabilities } from '../format/availabilities.ts'
import { closeClusterClient } from '../kafka/cluster-clients.ts'
import { paths } from '../paths.ts'
import { action } from './action.ts'
import { checked } from './fields.ts'
import { clusterScope, environmentScope } from './scopes.ts'
import { isUniqueViolation } from './unique-violation.ts'

/** Confluent's quota kafka_clusters_per_environment. */
const clustersPerEnvironmentMax = 20

/**
 * Creates a cluster: row first (`provisioning`), then the broker's tenant, then `running`. While the
 * broker is away the cluster stays provisioning, and is carried on when it is back.
 */
export const createCluster = action({
  scope: environmentScope,
  input: z
    .object({
      envId: z.string(),
      name: checked(clusterNameProblem),
      type: z.enum(clusterTypes, 'Basic and Standard clusters can be launched here.'),
      availability: z.enum(availabilities, 'Choose an availability.').default('SINGLE_ZONE'),
      provider: z.string(),
      region: z.string().min(1, 'Choose a region.'),
    })
    .check((context) => {
      const { provider, region } = context.value
      const message = region === '' ? null : placeProblem(provider, region)
      if (message !== null) {
        context.issues.push({ code: 'custom', message, path: ['region'], input: region })
      }
    }),
  async run({ scope: environment }, { name, type, provider, region, availability }) {
    const db = consoleDb()
    const taken = await db.cluster.count({ where: { environmentId: environment.id } })
    if (taken >= clustersPerEnvironmentMax) return failed('CLUSTER_LIMIT')
    const id = newId('lkc')
    const row = { id, environmentId: environment.id, name, provider, region, availability, type }
    try {
      await db.cluster.create({
        data: { ...row, state: 'provisioning', createdMs: BigInt(Date.now()) },
      })
    } catch (error) {
      if (isUniqueViolation(error)) return failedAt('name', 'CLUSTER_NAME_TAKEN')
      throw error
    }
    await carryOn(id)
    return { ok: { clusterId: id } }
  },
  reaches: ({ value }) => ({ step: 'cluster', clusterId: value.clusterId }),
})

/** Changes what a cluster is called in the console; programs know it by its id and address. */
export const renameCluster = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), name: checked(clusterNameProblem) }),
  async run({ scope: cluster }, { name }) {
    try {
      await consoleDb().cluster.update({ where: { id: cluster.id }, data: { name } })
    } catch (error) {
      if (isUniqueViolation(error)) return failedAt('name', 'CLUSTER_NAME_TAKEN')
      throw error
    }
    return { ok: {} }
  },
})

/** Deletes a cluster and all that is in it: marked first, then the broker's tenant, then the row. */
export const deleteCluster = action({
  scope: clusterScope,
  input: z.object({ envId: z.string(), clusterId: z.string(), confirmation: z.string() }),
  async run({ scope: cluster }, { confirmation }) {
    if (confirmation !== cluster.name) return failedAt('confirmation', 'NAME_MISMATCH')
    await consoleDb().cluster.update({ where: { id: cluster.id }, data: { state: 'deleting' } })
    await closeClusterClient(cluster.id)
    await carryOn(cluster.id)
    revalidatePath(paths.environment({ envId: cluster.envId }))
    return { ok: {} }
  },
})
