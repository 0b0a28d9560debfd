import { z } from 'zod'

/** What boot tells the services by environment. */
export interface ServicesEnvironment {
  readonly dataDir: string
  /** 0 takes a free one; after a restart it is the one that the predecessor had. */
  readonly controlPort: number
  readonly controlToken: string
}

const variables = z.object({
  DATA_DIR: z.string().min(1),
  TRIBUTARY_SERVICES_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  TRIBUTARY_CONTROL_TOKEN: z.string().min(16),
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
    },
  }
}
