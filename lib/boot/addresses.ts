import { type Environment, isLoopback } from './environment.ts'
import { inUrl } from './hosts.ts'

/** What people are told to open and to put into their clients. */
export interface PublicAddresses {
  readonly consoleUrl: string
  readonly bootstrap: string
}

const wildcards = new Set(['0.0.0.0', '::'])

/** The name that reaches this installation from where it can be reached. */
function publicName({ host, advertisedHost }: Environment): string {
  if (advertisedHost !== null) return inUrl(advertisedHost)
  return host === null || wildcards.has(host) || isLoopback(host) ? 'localhost' : inUrl(host)
}

export function publicAddresses(
  environment: Environment,
  ports: { console: number; kafka: number },
): PublicAddresses {
  const name = publicName(environment)
  return { consoleUrl: `http://${name}:${ports.console}`, bootstrap: `${name}:${ports.kafka}` }
}

/** An address under which this machine itself reaches the console. */
export function ownAddress(host: string | null, port: number): string {
  if (host === null || host === '0.0.0.0') return `http://127.0.0.1:${port}`
  return `http://${inUrl(host === '::' ? '::1' : host)}:${port}`
}

/** The last line of a start: `Tributary is ready: http://localhost:3000 · Kafka localhost:9092`. */
export function readyLine(environment: Environment, addresses: PublicAddresses): string {
  const line = `Tributary is ready: ${addresses.consoleUrl} · Kafka ${addresses.bootstrap}`
  if (environment.host === null || isLoopback(environment.host)) return line
  const signUp = environment.signUpOpen ? 'open to everyone who reaches it' : 'closed'
  const unencrypted = environment.securityProtocols.includes('SASL_PLAINTEXT')
    ? 'unencrypted'
    : 'Kafka by TLS only, the console unencrypted'
  return `${line} · other machines reach it at HOST=${environment.host}, ${unencrypted}; sign-up is ${signUp}`
}
