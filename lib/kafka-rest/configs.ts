import { z } from 'zod'
import {
  alterConfigs,
  type ConfigResource,
  type DescribedConfig,
  describeConfigs,
} from '../kafka/topic-configs.ts'
import type { Answer, RestCall } from './calls.ts'
import { notFound, type RestError } from './errors.ts'
import { readJson } from './json-body.ts'

/** What configs of topics and of brokers have in common. */

/** By Kafka's number of a source (`DescribeConfigsResponse.ConfigSource`). */
const sources: Readonly<Record<number, string>> = {
  1: 'DYNAMIC_TOPIC_CONFIG',
  2: 'DYNAMIC_BROKER_CONFIG',
  3: 'DYNAMIC_DEFAULT_BROKER_CONFIG',
  4: 'STATIC_BROKER_CONFIG',
  5: 'DEFAULT_CONFIG',
}

const builtIn = 5

export function configFields(config: DescribedConfig) {
  return {
    name: config.name,
    value: config.value,
    is_default: config.configSource === builtIn,
    is_read_only: config.readOnly,
    is_sensitive: config.isSensitive,
    source: sourceOf(config.configSource),
    synonyms: config.synonyms.map(({ name, value, source }) => ({
      name,
      value,
      source: sourceOf(source),
    })),
  }
}

export function sourceOf(source: number): string {
  return sources[source] ?? 'UNKNOWN'
}

export async function readConfigs(
  call: RestCall,
  of: ConfigResource,
): Promise<readonly DescribedConfig[]> {
  return (await describeConfigs(call.nodes, [of])).get(of.name) ?? []
}

/** One config by the name in the path, or why there is none. */
export async function readConfig(
  call: RestCall,
  of: ConfigResource,
): Promise<{ readonly config: DescribedConfig } | { readonly error: RestError }> {
  const name = call.param('name')
  const config = (await readConfigs(call, of)).find((known) => known.name === name)
  return config === undefined ? { error: unknownConfig(call, of, name) } : { config }
}

const oneValue = z.strictObject({ value: z.string().nullish() })

export async function putConfig(call: RestCall, of: ConfigResource): Promise<Answer> {
  const body = await readJson(call, oneValue)
  if ('error' in body) return body
  return change(call, of, { changes: [[call.param('name'), body.value.value ?? '']] })
}

/** Takes back what was set. */
export function deleteConfig(call: RestCall, of: ConfigResource): Promise<Answer> {
  return change(call, of, { changes: [[call.param('name'), null]] })
}

const manyValues = z.strictObject({
  data: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().nullish(),
      operation: z.enum(['SET', 'DELETE']).nullish(),
    }),
  ),
  validate_only: z.boolean().nullish(),
})

/** Several at once, all or none. */
export async function alterManyConfigs(call: RestCall, of: ConfigResource): Promise<Answer> {
  const body = await readJson(call, manyValues)
  if ('error' in body) return body
  const changes = body.value.data.map(
    ({ name, value, operation }) => [name, operation === 'DELETE' ? null : (value ?? '')] as const,
  )
  return change(call, of, { changes, validateOnly: body.value.validate_only ?? false })
}

async function change(
  call: RestCall,
  of: ConfigResource,
  asked: Parameters<typeof alterConfigs>[2],
): Promise<Answer> {
  const known = new Set((await readConfigs(call, of)).map(({ name }) => name))
  const unknown = asked.changes.find(([name]) => !known.has(name))
  if (unknown !== undefined) return { error: unknownConfig(call, of, unknown[0]) }
  await alterConfigs(call.nodes, of, asked)
  return call.context.body(null, 204)
}

function unknownConfig({ cluster }: RestCall, of: ConfigResource, name: string): RestError {
  const { clusterId } = cluster
  const what = `${of.type.toUpperCase()} ${of.name}`.trimEnd()
  return notFound(`Config ${name} cannot be found for ${what} in cluster ${clusterId}.`)
}
