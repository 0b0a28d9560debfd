import type { RunningBroker } from '../index.ts'

/** The port on which a cluster is open without a key; fails where it is not. */
export function openPortOf({ tenants, openListeners }: RunningBroker, tenantId: string): number {
  const settings = tenants.get(tenantId)?.openListener
  const problem = openListeners.problemOf(tenantId)
  if (settings?.isOn !== true || problem !== null) {
    throw new Error(`${tenantId} is not open without a key: ${problem ?? 'it is off'}`)
  }
  return settings.port
}
