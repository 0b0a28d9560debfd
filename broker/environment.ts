import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { type KafkaRelease, kafkaReleases, parseKafkaRelease } from './rules/kafka-versions.ts'
import {
  parseSecurityProtocols,
  type SecurityProtocol,
  securityProtocols,
} from './rules/security-protocols.ts'
import { parseTlsNames } from './rules/tls.ts'

/** What the broker's process is told by its environment variables. */
export interface BrokerEnvironment {
  readonly dataDir: string
  /** Null for loopback. */
  readonly host: string | null
  /** One per node; 0 takes a free one. */
  readonly ports: readonly number[]
  readonly advertisedHost: string | null
  readonly securityProtocols: readonly SecurityProtocol[]
  /** Further names in the server certificate. */
  readonly tlsNames: readonly string[]
  readonly synchronous: 'NORMAL' | 'FULL'
  readonly maxKafkaVersion: KafkaRelease | null
  readonly preset: PresetSetting
  /** The 32 bytes of `internal.key`; null where the process reads or makes the file itself. */
  readonly internalKey: Buffer | null
  /** Null where the process makes one. */
  readonly controlToken: string | null
  readonly controlPort: number
  /** How many times as often as by default the log's upkeep looks for work: tests have no time. */
  readonly upkeepTimes: number
  /** Where the console will listen; null where there is none, or it takes a free port. */
  readonly consolePort: number | null
}

/** `tributary.json` in the working directory may be absent; a file that was named may not. */
export type PresetSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'default'; readonly path: string }
  | { readonly kind: 'named'; readonly path: string }

export type EnvironmentResult =
  | { readonly ok: true; readonly environment: BrokerEnvironment }
  | { readonly ok: false; readonly reason: string }

/** Reads the variables; `reason` is one sentence that names the variable to change. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): EnvironmentResult {
  try {
    return { ok: true, environment: parse(variables) }
  } catch (error) {
    if (error instanceof InvalidVariable) {
      return { ok: false, reason: error.message }
    }
    throw error
  }
}

class InvalidVariable extends Error {}

type Variables = Readonly<Record<string, string | undefined>>

function parse(variables: Variables): BrokerEnvironment {
  const dataDir = resolve(textOf(variables, 'DATA_DIR') ?? '.tributary')
  const named = textOf(variables, 'HOST')
  // That name has an address of either kind; listening on both is what loopback means here.
  const host = named === 'localhost' ? null : named
  const protocols = protocolsOf(variables)
  const isOpen = host !== null && !isLoopbackHost(host)
  if (isOpen && protocols.includes('SASL_PLAINTEXT') && variables.ALLOW_PLAINTEXT !== '1') {
    throw new InvalidVariable(
      `HOST=${host} would let other machines send API keys in clear text: set SECURITY_PROTOCOLS=SASL_SSL, or ALLOW_PLAINTEXT=1 if that is meant, or leave HOST unset.`,
    )
  }
  return {
    dataDir,
    host,
    ports: portsOf(variables),
    advertisedHost: textOf(variables, 'ADVERTISED_HOST'),
    securityProtocols: protocols,
    tlsNames: tlsNamesOf(variables),
    synchronous: synchronousOf(variables),
    maxKafkaVersion: releaseOf(variables),
    preset: presetOf(variables),
    internalKey: internalKeyOf(variables),
    controlToken: textOf(variables, 'TRIBUTARY_CONTROL_TOKEN'),
    controlPort: portOf(
      'TRIBUTARY_CONTROL_PORT',
      textOf(variables, 'TRIBUTARY_CONTROL_PORT') ?? '0',
    ),
    upkeepTimes: upkeepTimesOf(variables),
    consolePort:
      portOf('TRIBUTARY_CONSOLE_PORT', textOf(variables, 'TRIBUTARY_CONSOLE_PORT') ?? '0') || null,
  }
}

/** Null where the variable is unset or empty. */
function textOf(variables: Variables, name: string): string | null {
  const text = variables[name]?.trim()
  return text === undefined || text === '' ? null : text
}

function protocolsOf(variables: Variables): readonly SecurityProtocol[] {
  const text = textOf(variables, 'SECURITY_PROTOCOLS')
  const protocols = text === null ? securityProtocols : parseSecurityProtocols(text)
  if (protocols === null) {
    throw new InvalidVariable(
      `SECURITY_PROTOCOLS=${text} must be ${securityProtocols.join(', ')}, or both with a comma.`,
    )
  }
  return protocols
}

function tlsNamesOf(variables: Variables): readonly string[] {
  const text = textOf(variables, 'TLS_NAMES') ?? ''
  const names = parseTlsNames(text)
  if (names === null) {
    throw new InvalidVariable(
      `TLS_NAMES=${text} must be host names and IP addresses with commas between them.`,
    )
  }
  return names
}

function portsOf(variables: Variables): readonly number[] {
  const list = textOf(variables, 'KAFKA_PORTS')
  if (list !== null) {
    const ports = list.split(',').map((text) => portOf('KAFKA_PORTS', text.trim()))
    if (ports.length > BROKERS_MAX) {
      throw new InvalidVariable(`KAFKA_PORTS=${list} names more than ${BROKERS_MAX} ports.`)
    }
    return ports
  }
  const brokers = brokersOf(variables)
  const first = portOf('KAFKA_PORT', textOf(variables, 'KAFKA_PORT') ?? '9092')
  if (first + brokers - 1 > PORT_MAX) {
    throw new InvalidVariable(
      `KAFKA_PORT=${first} leaves no room for ${brokers} nodes below 65536.`,
    )
  }
  return Array.from({ length: brokers }, (_, index) => (first === 0 ? 0 : first + index))
}

const BROKERS_MAX = 3
const PORT_MAX = 65_535

function brokersOf(variables: Variables): number {
  const text = textOf(variables, 'BROKERS') ?? String(BROKERS_MAX)
  if (!/^[1-3]$/.test(text)) {
    throw new InvalidVariable(`BROKERS=${text} must be 1, 2 or 3.`)
  }
  return Number(text)
}

function portOf(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= PORT_MAX)) {
    throw new InvalidVariable(`${name}=${text} must be a port between 0 and 65535.`)
  }
  return port
}

function synchronousOf(variables: Variables): 'NORMAL' | 'FULL' {
  const text = (textOf(variables, 'SYNCHRONOUS') ?? 'NORMAL').toUpperCase()
  if (text !== 'NORMAL' && text !== 'FULL') {
    throw new InvalidVariable(`SYNCHRONOUS=${text} must be NORMAL or FULL.`)
  }
  return text
}

function releaseOf(variables: Variables): KafkaRelease | null {
  const text = textOf(variables, 'MAX_KAFKA_VERSION')
  if (text === null) {
    return null
  }
  const release = parseKafkaRelease(text)
  if (release === null) {
    throw new InvalidVariable(
      `MAX_KAFKA_VERSION=${text} must be one of ${kafkaReleases.join(', ')}.`,
    )
  }
  return release
}

function upkeepTimesOf(variables: Variables): number {
  const text = textOf(variables, 'TRIBUTARY_UPKEEP_TIMES') ?? '1'
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new InvalidVariable(`TRIBUTARY_UPKEEP_TIMES=${text} must be a number from 1 to 999.`)
  }
  return Number(text)
}

function presetOf(variables: Variables): PresetSetting {
  const text = variables.TRIBUTARY_PRESET
  if (text === undefined) {
    return { kind: 'default', path: resolve('tributary.json') }
  }
  return text.trim() === '' ? { kind: 'none' } : { kind: 'named', path: resolve(text.trim()) }
}

function internalKeyOf(variables: Variables): Buffer | null {
  const text = textOf(variables, 'TRIBUTARY_INTERNAL_KEY')
  if (text === null) {
    return null
  }
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new InvalidVariable('TRIBUTARY_INTERNAL_KEY must be 64 hexadecimal digits.')
  }
  return Buffer.from(text, 'hex')
}

/** Whether nobody but this machine reaches that address. */
export function isLoopbackHost(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
