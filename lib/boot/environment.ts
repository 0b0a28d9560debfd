import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { kafkaReleases, parseKafkaRelease } from '../../broker/rules/kafka-versions.ts'
import {
  parseSecurityProtocols,
  type SecurityProtocol,
  securityProtocols,
} from '../../broker/rules/security-protocols.ts'
import { parseTlsNames } from '../../broker/rules/tls.ts'

// The one reader of `process.env` above the broker. An empty variable counts as unset, apart from
// TRIBUTARY_PRESET.

/** What a person can set; the README's table lists the same. */
export interface Environment {
  /** The console's port; 0 takes a free one. */
  readonly port: number
  /** The first node's port; the others follow. 0 takes free ones. */
  readonly kafkaPort: number
  readonly brokers: number
  /** Address that everything listens on; null is loopback (127.0.0.1 and ::1). */
  readonly host: string | null
  readonly advertisedHost: string | null
  /** Absolute. */
  readonly dataDir: string
  readonly preset: PresetSetting
  readonly synchronous: 'NORMAL' | 'FULL'
  readonly maxKafkaVersion: string | null
  /** What the Kafka ports accept. */
  readonly securityProtocols: readonly SecurityProtocol[]
  /** Further names in the certificate for TLS. */
  readonly tlsNames: readonly string[]
  /** Whether somebody without an account may make one. */
  readonly signUpOpen: boolean
}

const port = (highest: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((value) => value <= highest)

/** For a text that a reader of ours knows nothing to do with. */
function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom' })
  return z.NEVER
}

const flag = z.enum(['0', '1']).transform((value) => value === '1')

/** A file that was named must exist; `tributary.json` in the working directory need not. */
export type PresetSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'default' | 'named'; readonly path: string }

/** Each variable: how it reads, what it is when unset, and how a wrong one is described. */
const variables = {
  PORT: { schema: port(65_535).default(3000), allowed: 'a port from 0 (a free one) to 65535' },
  // The last node's port has to be a port too.
  KAFKA_PORT: { schema: port(65_533).default(9092), allowed: 'a port from 0 (free ones) to 65533' },
  BROKERS: {
    schema: z.enum(['1', '2', '3']).transform(Number).default(3),
    allowed: '1, 2 or 3',
  },
  HOST: {
    schema: z
      .string()
      .refine((value) => isIP(value) !== 0 || value === 'localhost')
      // Which of its addresses? Both, as when nothing is said.
      .transform((value) => (value === 'localhost' ? null : value))
      .nullable()
      .default(null),
    allowed: 'an IP address of this machine, or localhost',
  },
  ADVERTISED_HOST: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/)
      .max(253)
      .or(z.ipv6())
      .nullable()
      .default(null),
    allowed: 'a host name or an IP address, without a port',
  },
  DATA_DIR: { schema: z.string().default('.tributary'), allowed: 'a folder' },
  SYNCHRONOUS: {
    schema: z.enum(['NORMAL', 'FULL']).default('NORMAL'),
    allowed: 'NORMAL or FULL',
  },
  MAX_KAFKA_VERSION: {
    schema: z
      .string()
      .refine((value) => parseKafkaRelease(value) !== null)
      .nullable()
      .default(null),
    allowed: `one of ${kafkaReleases.join(', ')}`,
  },
  SECURITY_PROTOCOLS: {
    schema: z
      .string()
      .transform((value, context) => parseSecurityProtocols(value) ?? refuse(context))
      .default(securityProtocols),
    allowed: `${securityProtocols.join(', ')}, or both with a comma`,
  },
  TLS_NAMES: {
    schema: z
      .string()
      .transform((value, context) => parseTlsNames(value) ?? refuse(context))
      .default([]),
    allowed: 'host names and IP addresses with commas between them',
  },
  ALLOW_PLAINTEXT: { schema: flag.default(false), allowed: '1 or 0' },
  ALLOW_SIGN_UP: { schema: flag.default(false), allowed: '1 or 0' },
} as const

/** All of them, for the README's table to be compared with. */
export const variableNames: readonly string[] = [...Object.keys(variables), 'TRIBUTARY_PRESET']

type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> }

/** Reads the environment, or says in a sentence what is wrong with it. */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): { ok: true; value: Environment } | { ok: false; reason: string } {
  const read: Record<string, unknown> = {}
  for (const [name, { schema, allowed }] of Object.entries(variables)) {
    const parsed = schema.safeParse(source[name] || undefined)
    if (!parsed.success) {
      return { ok: false, reason: `${name}=${source[name]} cannot be used: set it to ${allowed}.` }
    }
    read[name] = parsed.data
  }
  // Each entry was parsed by the schema of its name just above.
  const values = read as Values
  const exposed = values.HOST !== null && !isLoopback(values.HOST)
  if (exposed && values.SECURITY_PROTOCOLS.includes('SASL_PLAINTEXT') && !values.ALLOW_PLAINTEXT) {
    return {
      ok: false,
      reason: `HOST=${values.HOST} can be reached from other machines, and Kafka clients would send their secrets over SASL_PLAINTEXT, unencrypted: set SECURITY_PROTOCOLS=SASL_SSL to prevent or ALLOW_PLAINTEXT=1 to accept that, or unset HOST.`,
    }
  }
  return {
    ok: true,
    value: {
      port: values.PORT,
      kafkaPort: values.KAFKA_PORT,
      brokers: values.BROKERS,
      host: values.HOST,
      advertisedHost: values.ADVERTISED_HOST,
      dataDir: resolve(values.DATA_DIR),
      preset: presetSetting(source.TRIBUTARY_PRESET),
      synchronous: values.SYNCHRONOUS,
      maxKafkaVersion: values.MAX_KAFKA_VERSION,
      securityProtocols: values.SECURITY_PROTOCOLS,
      tlsNames: values.TLS_NAMES,
      signUpOpen: !exposed || values.ALLOW_SIGN_UP,
    },
  }
}

/** Set but empty means none: how tests and scripts keep a `tributary.json` out of it. */
function presetSetting(value: string | undefined): PresetSetting {
  if (value === undefined) return { kind: 'default', path: resolve('tributary.json') }
  return value === '' ? { kind: 'none' } : { kind: 'named', path: resolve(value) }
}

/** Whether only this machine can reach what listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
