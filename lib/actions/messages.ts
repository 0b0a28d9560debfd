'use server'

import { z } from 'zod'
import { failed } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { isJson } from '../format/json-tokens.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

/** JSON is sent as it was typed; null is a record without key or value (a tombstone). */
const payload = z
  .object({ form: z.enum(['json', 'string', 'null']), text: z.string() })
  .refine(({ form, text }) => form !== 'json' || isJson(text), 'This is not valid JSON.')

const header = z.object({
  name: z.string().min(1, 'A header needs a name.'),
  value: z.string(),
})

/** Writes one record, acknowledged by all replicas, and says where it landed. */
export const produceMessage = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    topic: z.string().min(1),
    value: payload,
    key: payload,
    headers: z.array(header).max(100, 'A message has at most 100 headers here.'),
    /** Absent: by key. */
    partition: z.number().int().nonnegative().optional(),
  }),
  async run({ scope: cluster }, input) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    const startedMs = performance.now()
    const { partition, offset } = await clusterClient(cluster.id).produce({
      topic: input.topic,
      partition: input.partition,
      key: bytesOf(input.key),
      value: bytesOf(input.value),
      headers: input.headers.map(({ name, value }) => ({ key: name, value: Buffer.from(value) })),
    })
    return { ok: { partition, offset, tookMs: Math.round(performance.now() - startedMs) } }
  },
})

function bytesOf({ form, text }: z.output<typeof payload>): Uint8Array | null {
  return form === 'null' ? null : Buffer.from(text, 'utf8')
}
