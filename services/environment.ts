import { z } from 'zod'
import {
  parseSecurityProtocols,
  type SecurityProtocol,
} from '../broker/rules/security-protocols.ts'

/** What boot tells the services by environment. */
export interface ServicesEnvironment {
  readonly dataDir: string
  /** 0 takes a free one; after a restart it is the one that the predecessor had. */
  readonly controlPort: number
  readonly controlToken: string
  readonly brokerControlUrl: string
  /** 32 bytes; the passwords of internal principals are made from it. */
  readonly internalKey: Uint8Array
  /** The nodes' ports on loopback. */
  readonly kafkaPorts: readonly number[]
  /** What they accept of those who sign in with an API key. */
  readonly securityProtocols: readonly SecurityProtocol[]
}

const variables = z.object({
  DATA_DIR: z.string().min(1),
  TRIBUTARY_SERVICES_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  TRIBUTARY_CONTROL_TOKEN: z.string().min(16),
  TRIBUTARY_CONTROL_URL: z.url(),
  TRIBUTARY_INTERNAL_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  TRIBUTARY_KAFKA_PORTS: z.string().regex(/^\d+(,\d+)*$/),
  TRIBUTARY_SECURITY_PROTOCOLS: z.string().min(1),
})

export function readServicesEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): { ok: true; value: ServicesEnvironment } | { ok: false; reason: string } {
  const parsed = variables.safeParse(source)
  if (!parsed.success) {
    return {
      ok: false,
      reason: `Boot did not tell the services what they need: ${z.prettifyError(parsed.error)}`,
    }
  }
  return {
    ok: true,
    value: {
      dataDir: parsed.data.DATA_DIR,
      controlPort: parsed.data.TRIBUTARY_SERVICES_PORT,
      controlToken: parsed.data.TRIBUTARY_CONTROL_TOKEN,
      brokerControlUrl: parsed.data.TRIBUTARY_CONTROL_URL,
      internalKey: Buffer.from(parsed.data.TRIBUTARY_INTERNAL_KEY, 'hex'),
      kafkaPorts: parsed.data.TRIBUTARY_KAFKA_PORTS.split(',').map(Number),
      securityProtocols: parseSecurityProtocols(parsed.data.TRIBUTARY_SECURITY_PROTOCOLS) ?? [],
    },
  }
}
