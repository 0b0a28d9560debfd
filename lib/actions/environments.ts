'use server'

import { z } from 'zod'
import { newId } from '../../broker/rules/ids.ts'
import { environmentNameProblem } from '../../broker/rules/names.ts'
import { consoleDb } from '../db.ts'
import { failed, failedAt } from '../errors.ts'
import { action } from './action.ts'
import { checked } from './fields.ts'
import { environmentScope, organisationScope } from './scopes.ts'
import { isUniqueViolation } from './unique-violation.ts'

/** Confluent's quota: environments of an organisation. */
const environmentsMax = 25

const name = checked(environmentNameProblem)

export const createEnvironment = action({
  scope: organisationScope,
  input: z.object({ name }),
  async run({ scope: organisation }, input) {
    const db = consoleDb()
    const there = await db.environment.count({ where: { organisationId: organisation.id } })
    if (there >= environmentsMax) return failed('ENVIRONMENT_LIMIT')
    const id = newId('env')
    try {
      await db.environment.create({
        data: {
          id,
          organisationId: organisation.id,
          name: input.name,
          createdMs: BigInt(Date.now()),
        },
      })
    } catch (error) {
      if (isUniqueViolation(error)) return failedAt('name', 'ENVIRONMENT_NAME_TAKEN')
      throw error
    }
    return { ok: { envId: id } }
  },
})

export const renameEnvironment = action({
  scope: environmentScope,
  input: z.object({ envId: z.string(), name }),
  async run({ scope: environment }, input) {
    try {
      await consoleDb().environment.update({
        where: { id: environment.id },
        data: { name: input.name },
      })
    } catch (error) {
      if (isUniqueViolation(error)) return failedAt('name', 'ENVIRONMENT_NAME_TAKEN')
      throw error
    }
    return { ok: {} }
  },
})

/** Deletes an environment without clusters. */
export const deleteEnvironment = action({
  scope: environmentScope,
  input: z.object({ envId: z.string(), confirmation: z.string() }),
  async run({ scope: environment }, { confirmation }) {
    if (confirmation !== environment.name) return failedAt('confirmation', 'NAME_MISMATCH')
    // One statement, so that a cluster that is being made at this moment is never orphaned.
    const deleted = await consoleDb().environment.deleteMany({
      where: { id: environment.id, clusters: { none: {} } },
    })
    return deleted.count === 0 ? failed('ENVIRONMENT_NOT_EMPTY') : { ok: {} }
  },
})
