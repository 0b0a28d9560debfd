'use server'

import { z } from 'zod'
import { connectControl } from '../connect-control.ts'
import type { ControlAnswer } from '../control/call.ts'
import type { ConnectPlace } from '../control/connect.ts'
import { failedAt } from '../errors.ts'
import { connectPlace, connectRefusal } from '../queries/connectors.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

const at = { envId: z.string(), clusterId: z.string(), connector: z.string() }

/** Stops its tasks; where they stopped is remembered. */
export const pauseConnector = action({
  scope: clusterScope,
  input: z.object(at),
  async run({ scope: cluster }, { connector }) {
    return done(await connectControl().pause(connectPlace(cluster), connector))
  },
  reaches: ({ scope, input }) => ({
    step: 'pause',
    clusterId: scope.id,
    name: input.connector,
  }),
})

/** Starts its tasks where they stopped. */
export const resumeConnector = change((place, name) => connectControl().resume(place, name))

/** Stops and starts all of its tasks. */
export const restartConnector = change((place, name) => connectControl().restart(place, name))

/** Stops and starts one of its tasks. */
export const restartConnectorTask = action({
  scope: clusterScope,
  input: z.object({ ...at, task: z.number().int().min(0) }),
  async run({ scope: cluster }, { connector, task }) {
    return done(await connectControl().restartTask(connectPlace(cluster), connector, task))
  },
})

/** Replaces its configuration; a secret of stars stays as it is. */
export const configureConnector = action({
  scope: clusterScope,
  input: z.object({ ...at, config: z.record(z.string(), z.string()) }),
  async run({ scope: cluster }, { connector, config }) {
    return done(await connectControl().putConfig(connectPlace(cluster), connector, config))
  },
})

/** Deletes it; its topic and its key stay. The caller typed its name. */
export const deleteConnector = action({
  scope: clusterScope,
  input: z.object({ ...at, confirmation: z.string() }),
  async run({ scope: cluster }, { connector, confirmation }) {
    if (confirmation !== connector) return failedAt('confirmation', 'NAME_MISMATCH')
    return done(await connectControl().delete(connectPlace(cluster), connector))
  },
})

function change(call: (place: ConnectPlace, name: string) => Promise<ControlAnswer<unknown>>) {
  return action({
    scope: clusterScope,
    input: z.object(at),
    async run({ scope: cluster }, { connector }) {
      return done(await call(connectPlace(cluster), connector))
    },
  })
}

function done(answer: ControlAnswer<unknown>) {
  return answer.ok ? { ok: {} } : connectRefusal(answer)
}
