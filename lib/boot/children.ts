// The two child processes: what each is told by environment, and what it says when it is ready.

import { z } from 'zod'
import { processMemoryVariables } from '../../broker/rules/process-memory.ts'
import { type SupervisedChild, superviseChild } from './child.ts'
import type { Secrets } from './data-folder.ts'
import type { Environment } from './environment.ts'
import type { Started } from './started.ts'

const brokerReady = z.object({
  type: z.literal('ready'),
  ports: z.tuple([z.number()], z.number()),
  controlUrl: z.url(),
})
export type BrokerReady = z.infer<typeof brokerReady>

const servicesReady = z.object({ type: z.literal('ready'), controlUrl: z.url() })
export type ServicesReady = z.infer<typeof servicesReady>

export interface ChildSurroundings {
  readonly environment: Environment
  /** Absolute; null where there is none. */
  readonly presetPath: string | null
  readonly secrets: Secrets
  /** Bearer token of both control interfaces, made anew at every start. */
  readonly controlToken: string
  /** Absolute path of `dist/`. */
  readonly bundles: string
  onLost(reason: string): void
}

export function superviseBroker(
  around: ChildSurroundings,
): Promise<Started<SupervisedChild<BrokerReady>>> {
  const { environment, secrets, controlToken } = around
  return superviseChild({
    name: 'broker',
    script: `${around.bundles}/broker.mjs`,
    ready: brokerReady,
    onLost: around.onLost,
    environment: (before) =>
      childEnvironment({
        ...processMemoryVariables(process.env),
        DATA_DIR: environment.dataDir,
        HOST: environment.host,
        KAFKA_PORT: environment.kafkaPort,
        KAFKA_PORTS: before?.ports.join(','),
        BROKERS: environment.brokers,
        ADVERTISED_HOST: environment.advertisedHost,
        SECURITY_PROTOCOLS: environment.securityProtocols.join(','),
        TLS_NAMES: environment.tlsNames.join(','),
        SYNCHRONOUS: environment.synchronous,
        MAX_KAFKA_VERSION: environment.maxKafkaVersion,
        TRIBUTARY_PRESET: around.presetPath ?? '',
        TRIBUTARY_INTERNAL_KEY: secrets.internalKey.toString('hex'),
        TRIBUTARY_CONTROL_TOKEN: controlToken,
        TRIBUTARY_CONTROL_PORT: portOf(before?.controlUrl),
        TRIBUTARY_CONSOLE_PORT: environment.port,
      }),
  })
}

/** The services reach the broker where it was first ready: after a restart it has the same ports. */
export function superviseServices(
  around: ChildSurroundings,
  broker: BrokerReady,
): Promise<Started<SupervisedChild<ServicesReady>>> {
  return superviseChild({
    name: 'services',
    script: `${around.bundles}/services.mjs`,
    ready: servicesReady,
    onLost: around.onLost,
    environment: (before) =>
      childEnvironment({
        DATA_DIR: around.environment.dataDir,
        TRIBUTARY_CONTROL_TOKEN: around.controlToken,
        TRIBUTARY_SERVICES_PORT: portOf(before?.controlUrl),
        TRIBUTARY_CONTROL_URL: broker.controlUrl,
        TRIBUTARY_INTERNAL_KEY: around.secrets.internalKey.toString('hex'),
        TRIBUTARY_KAFKA_PORTS: broker.ports.join(','),
        TRIBUTARY_SECURITY_PROTOCOLS: around.environment.securityProtocols.join(','),
      }),
  })
}

/** This process's environment with `values` over it; null and undefined unset a variable. */
function childEnvironment(
  values: Record<string, string | number | null | undefined>,
): NodeJS.ProcessEnv {
  const environment = { ...process.env }
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) delete environment[name]
    else environment[name] = String(value)
  }
  return environment
}

function portOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).port
}
