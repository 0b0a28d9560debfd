import { z } from 'zod'
import { presetClusterId } from './ids.ts'
import { clusterTypes, limitNamesProblem, limitsOf } from './limits.ts'
import {
  apiKeyProblem,
  apiSecretProblem,
  displayNameProblem,
  emailProblem,
  topicNameProblem,
} from './names.ts'
import {
  openListenerDefaults,
  openListenerPartitionsProblem,
  openListenerPortProblem,
} from './open-listener.ts'
import { placeProblem } from './regions.ts'
import { topicConfigsProblem } from './topic-config-checks.ts'
import { defaultPartitions } from './topic-configs.ts'

/**
 * Presets: a file that declares what is to exist at start. What is absent is created; nothing is
 * ever changed or deleted. Everything that can be told from the file alone is checked here, so that a
 * wrong preset is refused before anything of it exists.
 */

/** A string that a rule of `names.ts` accepts. */
function named(problemOf: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = problemOf(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
}

/** A number that a rule accepts. */
function numbered(problemOf: (value: number) => string | null) {
  return z.number().superRefine((value, context) => {
    const message = problemOf(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
}

/** Refuses a list in which two elements share what identifies them. */
function unique<T extends z.ZodType>(
  element: T,
  what: string,
  idOf: (value: z.output<T>) => string,
) {
  return z
    .array(element)
    .default([])
    .superRefine((values, context) => {
      const seen = new Set<string>()
      for (const [i, value] of values.entries()) {
        const id = idOf(value)
        if (seen.has(id)) {
          context.addIssue({
            code: 'custom',
            path: [i],
            message: `${what} '${id}' is declared twice.`,
          })
        }
        seen.add(id)
      }
    })
}

/** JSON writers like to leave the quotes off numbers and booleans; Kafka's configs are strings. */
const configValue = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const presetUser = z.strictObject({
  email: named(emailProblem),
  password: z.string().min(8, 'A password is at least 8 characters long.'),
  name: z.string().optional(),
})

const presetApiKey = z.strictObject({
  key: named(apiKeyProblem),
  secret: named(apiSecretProblem),
  description: z.string().default(''),
})

const presetTopic = z.strictObject({
  name: named((name) => {
    const problem = topicNameProblem(name)
    return problem === null ? null : `Topic name is invalid: ${problem}`
  }),
  partitions: z.number().int().min(1).default(defaultPartitions),
  config: z.record(z.string(), configValue).default({}),
})

const presetConnector = z.strictObject({
  name: named(displayNameProblem),
  config: z.record(z.string(), configValue),
})

/** To name it is to turn it on. */
const presetOpenListener = z.strictObject({
  port: numbered(openListenerPortProblem).default(openListenerDefaults.port),
  createTopics: z.boolean().default(openListenerDefaults.createTopics),
  partitions: numbered(openListenerPartitionsProblem).default(openListenerDefaults.partitions),
})

const clusterFields = {
  name: named(displayNameProblem),
  type: z.enum(clusterTypes).default('BASIC'),
  provider: z.string().default('aws'),
  region: z.string().default('us-east-2'),
  limits: z.record(z.string(), z.number().int().nonnegative()).default({}),
  apiKeys: unique(presetApiKey, 'The API key', ({ key }) => key),
  openListener: presetOpenListener.optional(),
  topics: unique(presetTopic, 'The topic', ({ name }) => name),
  connectors: unique(presetConnector, 'The connector', ({ name }) => name),
}

const presetCluster = z.strictObject(clusterFields).superRefine(checkCluster)

/** A cluster as `startBroker({ clusters })` takes it. */
export const brokerCluster = z
  .strictObject({ ...clusterFields, environment: named(displayNameProblem).default('default') })
  .superRefine(checkCluster)
export type BrokerClusterInput = z.input<typeof brokerCluster>
export type BrokerCluster = z.output<typeof brokerCluster>

export const preset = z
  .strictObject({
    users: unique(presetUser, 'The user', ({ email }) => email.toLowerCase()),
    environments: unique(
      z.strictObject({
        name: named(displayNameProblem),
        clusters: unique(presetCluster, 'The cluster', ({ name }) => name),
      }),
      'The environment',
      ({ name }) => name,
    ),
  })
  .superRefine((value, context) => {
    const problem = sharedBetweenClusters(clustersOf(value))
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
export type Preset = z.output<typeof preset>
export type PresetInput = z.input<typeof preset>

/** A cluster of a preset with what identifies it. */
export interface DeclaredCluster extends BrokerCluster {
  /** Derived from environment and name, so that every way to start means the same tenant. */
  readonly id: string
}

/** The clusters of a preset, of every environment. */
export function clustersOf(value: Preset): readonly DeclaredCluster[] {
  return value.environments.flatMap((environment) =>
    environment.clusters.map((cluster) => declared({ ...cluster, environment: environment.name })),
  )
}

export function declared(cluster: BrokerCluster): DeclaredCluster {
  return { ...cluster, id: presetClusterId(cluster.environment, cluster.name) }
}

/** What a preset has for the console and the services, in words; the broker alone applies none of it. */
export function sectionsBeyondBroker(value: Preset): readonly string[] {
  const connectors = clustersOf(value).some((cluster) => cluster.connectors.length > 0)
  return [...(value.users.length > 0 ? ['users'] : []), ...(connectors ? ['connectors'] : [])]
}

export type PresetResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string }

/** Reads the text of a preset file. The message names the place that is wrong and why. */
export function parsePreset(text: string): PresetResult<Preset> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ok: false, message: `It is not JSON: ${jsonProblem(error)}` }
  }
  return resultOf(preset.safeParse(json))
}

/** What JSON.parse says, without the text that it quotes: that may be part of a secret. */
function jsonProblem(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/, (\.\.\.)?".*$/s, '')
}

/** Reads the clusters given to `startBroker`. */
export function parseBrokerClusters(
  clusters: readonly BrokerClusterInput[],
): PresetResult<readonly DeclaredCluster[]> {
  const result = resultOf(z.array(brokerCluster).safeParse(clusters))
  if (!result.ok) return result
  const value = result.value.map(declared)
  const problem = sharedBetweenClusters(value)
  return problem === null ? { ok: true, value } : { ok: false, message: problem }
}

function resultOf<T>(result: z.ZodSafeParseResult<T>): PresetResult<T> {
  if (result.success) return { ok: true, value: result.data }
  const lines = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${placeOf(path)}: ${message}`,
  )
  return { ok: false, message: lines.join('\n') }
}

/** `environments[0].clusters[1].name` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

interface ClusterToCheck {
  readonly type: (typeof clusterTypes)[number]
  readonly provider: string
  readonly region: string
  readonly limits: Readonly<Record<string, number>>
  readonly apiKeys: readonly unknown[]
  readonly topics: readonly {
    readonly partitions: number
    readonly config: Readonly<Record<string, string>>
  }[]
}

function checkCluster(cluster: ClusterToCheck, context: z.RefinementCtx): void {
  function complain(path: readonly PropertyKey[], message: string) {
    context.addIssue({ code: 'custom', path: [...path], message })
  }
  const place = placeProblem(cluster.provider, cluster.region)
  if (place !== null) complain(['region'], place)
  const limitNames = limitNamesProblem(cluster.limits)
  if (limitNames !== null) complain(['limits'], limitNames)
  const limits = limitsOf(cluster.type, cluster.limits)
  for (const [i, topic] of cluster.topics.entries()) {
    const problem = topicConfigsProblem(topic.config, limits)
    if (problem !== null) complain(['topics', i, 'config'], problem.message)
  }
  const partitions = cluster.topics.reduce((sum, topic) => sum + topic.partitions, 0)
  if (partitions > limits.partitions) {
    complain(
      ['topics'],
      `${partitions} partitions are more than the cluster's ${limits.partitions}.`,
    )
  }
  if (cluster.apiKeys.length > limits.apiKeys) {
    complain(
      ['apiKeys'],
      `${cluster.apiKeys.length} keys are more than the cluster's ${limits.apiKeys}.`,
    )
  }
}

/**
 * What must differ between clusters: their ids, which come from their names, their keys, and their
 * ports without a key.
 */
function sharedBetweenClusters(clusters: readonly DeclaredCluster[]): string | null {
  const ids = new Map<string, string>()
  const keys = new Map<string, string>()
  const ports = new Map<number, string>()
  for (const cluster of clusters) {
    const place = `'${cluster.name}' of environment '${cluster.environment}'`
    const sameId = ids.get(cluster.id)
    if (sameId !== undefined) {
      return `The clusters ${sameId} and ${place} would have the same id ${cluster.id}; rename one.`
    }
    ids.set(cluster.id, place)
    const port = cluster.openListener?.port ?? 0
    const samePort = ports.get(port)
    if (samePort !== undefined) {
      return `The port ${port} of openListener is declared in two clusters: ${samePort} and ${place}.`
    }
    if (port !== 0) ports.set(port, place)
    for (const { key } of cluster.apiKeys) {
      const other = keys.get(key)
      if (other !== undefined) {
        return `The API key ${key} is declared in two clusters: ${other} and ${place}.`
      }
      keys.set(key, place)
    }
  }
  return null
}
