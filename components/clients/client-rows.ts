import type { ClientsView } from '../../lib/queries/clients.ts'
import { csvText } from './lag-csv.ts'

export type ClientKind = 'producers' | 'consumers'
type Client = ClientsView['clients'][number]

/** A client in one of the two lists; who writes and reads stands in both. */
export interface ListedClient {
  readonly clientId: string
  readonly isOther: boolean
  readonly software: readonly string[]
  readonly connections: number
  /** Null until there are two samples of it. */
  readonly bytesPerSecond: number | null
  readonly recordsPerSecond: number | null
  readonly sparkline: readonly (number | null)[]
  readonly topics: readonly string[]
  readonly groups: readonly string[]
}

export function listedClients(view: ClientsView, kind: ClientKind): readonly ListedClient[] {
  return view.clients.filter(kinds[kind].isOne).map(kinds[kind].row).sort(busiestFirst)
}

/** Clients that are connected and have neither written nor read of late. */
export function quietClients({ clients }: ClientsView): readonly Client[] {
  return clients.filter(
    (client) =>
      client.connections > 0 && !kinds.producers.isOne(client) && !kinds.consumers.isOne(client),
  )
}

const kinds = {
  producers: {
    isOne: ({ topicsIn, rates }: Client) =>
      topicsIn.length > 0 || (rates?.productionBytesPerSecond ?? 0) > 0,
    row: (client: Client): ListedClient => ({
      ...shared(client),
      bytesPerSecond: client.rates?.productionBytesPerSecond ?? null,
      recordsPerSecond: client.rates?.recordsInPerSecond ?? null,
      sparkline: client.sparklines.production,
      topics: client.topicsIn,
      groups: [],
    }),
  },
  consumers: {
    isOne: ({ topicsOut, groups, rates }: Client) =>
      topicsOut.length > 0 || groups.length > 0 || (rates?.consumptionBytesPerSecond ?? 0) > 0,
    row: (client: Client): ListedClient => ({
      ...shared(client),
      bytesPerSecond: client.rates?.consumptionBytesPerSecond ?? null,
      recordsPerSecond: client.rates?.recordsOutPerSecond ?? null,
      sparkline: client.sparklines.consumption,
      topics: [...new Set([...client.assignedTopics, ...client.topicsOut])].sort(),
      groups: client.groups,
    }),
  },
} as const

function shared({ clientId, isOther, software, connections }: Client) {
  return { clientId, isOther, software, connections }
}

function busiestFirst(a: ListedClient, b: ListedClient): number {
  const [left, right] = [a, b].map(({ bytesPerSecond }) => bytesPerSecond ?? 0)
  return (right ?? 0) - (left ?? 0) || a.clientId.localeCompare(b.clientId)
}

/** By client id, library, topic or group. */
export function findClients(
  clients: readonly ListedClient[],
  search: string,
): readonly ListedClient[] {
  const wanted = search.trim().toLowerCase()
  return clients.filter(({ clientId, software, topics, groups }) =>
    [clientId, ...software, ...topics, ...groups].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
}

export function clientsCsv(clients: readonly ListedClient[], kind: ClientKind): string {
  const head = [
    'client_id',
    'library',
    kind === 'producers' ? 'production_bytes_per_second' : 'consumption_bytes_per_second',
    'records_per_second',
    'topics',
    'consumer_groups',
    'connections',
  ]
  const rows = clients.map((client) => [
    client.clientId,
    client.software.join(' '),
    client.bytesPerSecond,
    client.recordsPerSecond,
    client.topics.join(' '),
    client.groups.join(' '),
    client.connections,
  ])
  return csvText([head, ...rows])
}
