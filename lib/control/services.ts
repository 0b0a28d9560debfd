import { z } from 'zod'
import type { ControlAddress } from '../env.ts'
import { type ControlAnswer, callControl } from './call.ts'

/**
 * The services' control interface.
 *
 *   GET /v1/status → ServicesStatus
 */
export interface ServicesControl {
  status(): Promise<ControlAnswer<ServicesStatus>>
}

export const servicesStatus = z.object({
  /** Made anew at every start. */
  startId: z.string(),
  startedMs: z.number(),
  pid: z.number(),
})
export type ServicesStatus = z.infer<typeof servicesStatus>

export function createServicesControl(address: ControlAddress): ServicesControl {
  return { status: () => callControl(address, 'GET', '/v1/status', servicesStatus) }
}
