import { z } from 'zod'
import {
  parseSecurityProtocols,
  type SecurityProtocol,
} from '../broker/rules/security-protocols.ts'
import type { Reach } from './format/client-places.ts'

/**
 * What boot tells the console, which runs in its process but is bundled apart from it. What a
 * person can set is read in `lib/boot/environment.ts`.
 */
export interface ConsoleSettings {
  readonly dataDir: string
  /** 32 bytes; the passwords of internal principals are made from it. */
  readonly internalKey: Uint8Array
  readonly brokerControl: ControlAddress
  readonly servicesControl: ControlAddress
  /** The nodes' ports on loopback. */
  readonly kafkaPorts: readonly number[]
  /** What they accept. */
  readonly securityProtocols: readonly SecurityProtocol[]
  /** What people are told to put into their clients, e.g. `localhost:9092`. */
  readonly bootstrap: string
  readonly consoleUrl: string
  readonly reach: Reach
  /** Short name of this installation, `[a-z0-9]`; cookies carry it. */
  readonly installation: string
  readonly sessionSecret: string
  readonly signUpOpen: boolean
}

export interface ControlAddress {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly token: string
}

/** The settings as environment variables: the only way from boot to the console's bundle. */
export function consoleVariables(settings: ConsoleSettings): Record<string, string> {
  return {
    DATA_DIR: settings.dataDir,
    TRIBUTARY_INTERNAL_KEY: Buffer.from(settings.internalKey).toString('hex'),
    TRIBUTARY_CONTROL_URL: settings.brokerControl.url,
    TRIBUTARY_SERVICES_URL: settings.servicesControl.url,
    TRIBUTARY_CONTROL_TOKEN: settings.brokerControl.token,
    TRIBUTARY_KAFKA_PORTS: settings.kafkaPorts.join(','),
    TRIBUTARY_SECURITY_PROTOCOLS: settings.securityProtocols.join(','),
    TRIBUTARY_BOOTSTRAP: settings.bootstrap,
    TRIBUTARY_REACH: JSON.stringify(settings.reach),
    TRIBUTARY_INSTALLATION: settings.installation,
    TRIBUTARY_SIGN_UP: settings.signUpOpen ? 'open' : 'closed',
    NEXTAUTH_URL: settings.consoleUrl,
    NEXTAUTH_SECRET: settings.sessionSecret,
  }
}

const reachSchema = z.object({
  host: z.string().nullable(),
  advertisedHost: z.string().nullable(),
  tlsNames: z.array(z.string()),
})

const consoleSchema = z
  .object({
    DATA_DIR: z.string().min(1),
    TRIBUTARY_INTERNAL_KEY: z.string().regex(/^[0-9a-f]{64}$/),
    TRIBUTARY_CONTROL_URL: z.url(),
    TRIBUTARY_SERVICES_URL: z.url(),
    TRIBUTARY_CONTROL_TOKEN: z.string().min(16),
    TRIBUTARY_KAFKA_PORTS: z.string().regex(/^\d+(,\d+)*$/),
    TRIBUTARY_SECURITY_PROTOCOLS: z.string().min(1),
    TRIBUTARY_BOOTSTRAP: z.string().min(1),
    TRIBUTARY_REACH: z.string().min(1),
    TRIBUTARY_INSTALLATION: z.string().regex(/^[a-z0-9]+$/),
    TRIBUTARY_SIGN_UP: z.enum(['open', 'closed']),
    NEXTAUTH_URL: z.url(),
    NEXTAUTH_SECRET: z.string().min(16),
  })
  .transform((values): ConsoleSettings => {
    const token = values.TRIBUTARY_CONTROL_TOKEN
    return {
      dataDir: values.DATA_DIR,
      internalKey: Buffer.from(values.TRIBUTARY_INTERNAL_KEY, 'hex'),
      brokerControl: { url: values.TRIBUTARY_CONTROL_URL, token },
      servicesControl: { url: values.TRIBUTARY_SERVICES_URL, token },
      kafkaPorts: values.TRIBUTARY_KAFKA_PORTS.split(',').map(Number),
      securityProtocols: parseSecurityProtocols(values.TRIBUTARY_SECURITY_PROTOCOLS) ?? [],
      bootstrap: values.TRIBUTARY_BOOTSTRAP,
      reach: reachSchema.parse(JSON.parse(values.TRIBUTARY_REACH)),
      consoleUrl: values.NEXTAUTH_URL,
      installation: values.TRIBUTARY_INSTALLATION,
      sessionSecret: values.NEXTAUTH_SECRET,
      signUpOpen: values.TRIBUTARY_SIGN_UP === 'open',
    }
  })

let settings: ConsoleSettings | undefined

/** What boot told this process. Throws outside a started product (such as during `next build`). */
export function consoleSettings(): ConsoleSettings {
  settings ??= consoleSchema.parse(process.env)
  return settings
}
