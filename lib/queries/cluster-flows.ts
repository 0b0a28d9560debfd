import type { ClientNow, ConnectorNow } from '../../broker/rules/services-control.ts'

/** Somebody who writes to a cluster, or reads from it, and how much just now. */
export interface Flow {
  readonly name: string
  /** Null where it is not measured, as right after it has come. */
  readonly bytesPerSecond: number | null
}

/** Largest first; the last of many stands for all the others. */
export interface ClusterFlows {
  readonly producing: readonly Flow[]
  readonly consuming: readonly Flow[]
}

/** As many as a card has room for. */
const flowsMax = 4

/** The clients of the last ten minutes as they are drawn; connectors by their own names. */
export function flowsOf(
  clients: readonly ClientNow[],
  connectors: readonly Pick<ConnectorNow, 'id' | 'name'>[],
): ClusterFlows {
  const nameOf = (client: ClientNow) => {
    if (client.isOther) return 'Other clients'
    const id = /^connector-producer-(lcc-[a-z0-9]+)-\d+$/.exec(client.clientId)?.[1]
    const connector = connectors.find((one) => one.id === id)
    return connector?.name ?? (client.clientId === '' ? 'Unnamed client' : client.clientId)
  }
  const producing = clients.filter(
    ({ topicsIn, rates }) => topicsIn.length > 0 || (rates?.productionBytesPerSecond ?? 0) > 0,
  )
  const consuming = clients.filter(
    ({ topicsOut, rates }) => topicsOut.length > 0 || (rates?.consumptionBytesPerSecond ?? 0) > 0,
  )
  return {
    producing: largest(
      producing.map((client) => ({
        name: nameOf(client),
        bytesPerSecond: client.rates?.productionBytesPerSecond ?? null,
      })),
    ),
    consuming: largest(
      consuming.map((client) => ({
        name: nameOf(client),
        bytesPerSecond: client.rates?.consumptionBytesPerSecond ?? null,
      })),
    ),
  }
}

function largest(flows: readonly Flow[]): readonly Flow[] {
  const sorted = [...flows].sort(
    (a, b) => (b.bytesPerSecond ?? 0) - (a.bytesPerSecond ?? 0) || (a.name < b.name ? -1 : 1),
  )
  if (sorted.length <= flowsMax) return sorted
  const others = sorted.slice(flowsMax - 1)
  const sum = others.reduce((total, { bytesPerSecond }) => total + (bytesPerSecond ?? 0), 0)
  return [
    ...sorted.slice(0, flowsMax - 1),
    { name: `${others.length} others`, bytesPerSecond: sum },
  ]
}
