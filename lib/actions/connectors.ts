'use server'

import { z } from 'zod'
import type { ConfigValidation } from '../../broker/rules/connect.ts'
import { connectControl } from '../connect-control.ts'
import { consoleDb } from '../db.ts'
import { failed } from '../errors.ts'
import { launchSample } from '../launch-sample.ts'
import { connectPlace, connectRefusal } from '../queries/connectors.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

const config = z.record(z.string(), z.string())
const place = { envId: z.string(), clusterId: z.string() }

/**
 * Checks a configuration as Connect does before it creates anything, the key by signing in with it.
 * `keys` are those that whoever asks has come to; errors of others are for later.
 */
export const validateConnector = action({
  scope: clusterScope,
  input: z.object({ ...place, config, keys: z.array(z.string()).optional() }),
  async run({ scope: cluster }, { config, keys }) {
    const answer = await connectControl().validate(
      connectPlace(cluster),
      config['connector.class'] ?? '',
      config,
    )
    if (!answer.ok) return connectRefusal(answer)
    const errors = errorsIn(answer.value, keys)
    return Object.keys(errors).length === 0 ? { ok: {} } : failed('INVALID_INPUT', errors)
  },
})

/** Three records such as the connector would write. */
export const previewConnector = action({
  scope: clusterScope,
  input: z.object({ ...place, config }),
  async run({ scope: cluster }, { config }) {
    const answer = await connectControl().preview(
      connectPlace(cluster),
      config['connector.class'] ?? '',
      config,
    )
    return answer.ok ? { ok: { records: answer.value } } : connectRefusal(answer)
  },
})

/** Creates a connector, which is provisioned from then on. */
export const createConnector = action({
  scope: clusterScope,
  input: z.object({
    ...place,
    name: z.string(),
    config,
    /** A key that was made for it on the way, under the name that it might have had. */
    keyDescription: z.string().optional(),
  }),
  async run({ scope: cluster }, { name, config, keyDescription }) {
    const answer = await connectControl().create(connectPlace(cluster), { name, config })
    if (!answer.ok) return refusalOfName(answer) ?? connectRefusal(answer)
    if (keyDescription !== undefined) {
      await consoleDb().apiKey.updateMany({
        where: {
          clusterId: cluster.id,
          key: config['kafka.api.key'] ?? '',
          description: keyDescription,
        },
        data: { description: `connector ${name}` },
      })
    }
    return { ok: { name } }
  },
})

/** *Launch Sample Data*: topic, key and connector at once. */
export const launchSampleData = action({
  scope: clusterScope,
  input: z.object({ ...place, pluginClass: z.string(), template: z.string() }),
  run: ({ session, scope: cluster }, { pluginClass, template }) =>
    launchSample(cluster, { pluginClass, template, ownerId: session.userId }),
})

/** The first sentence of each key that has one. */
function errorsIn(
  { configs }: ConfigValidation,
  keys: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    configs.flatMap(({ value: { name, errors } }) => {
      const [first] = errors
      return first === undefined || keys?.includes(name) === false ? [] : [[name, first]]
    }),
  )
}

/** A name that is taken is told at its field. */
function refusalOfName({ code, message }: { readonly code: string; readonly message: string }) {
  return code === 'CONFLICT' ? { error: { code, message, fields: { name: message } } } : null
}
