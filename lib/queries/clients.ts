import 'server-only'
import type { ConnectionView } from '../../broker/rules/control.ts'
import type { ClientNow } from '../../broker/rules/services-control.ts'
import { brokerControl } from '../broker-control.ts'
import { servicesControl } from '../services-control.ts'
import { type Reader, readMembers } from './groups.ts'
import { type FromServices, refused } from './live.ts'
import type { OwnCluster } from './ownership.ts'

/** Who is connected to a cluster, as of one moment; the console itself is nobody here. */
export interface ClientsView {
  /** Time of the newest sample that the rates are from. */
  readonly takenMs: number | null
  readonly clients: readonly ClientRow[]
  /** Open connections that have signed in by an API key. */
  readonly connections: readonly SignedInConnection[]
}

export interface ClientRow extends ClientNow {
  /** What the client's libraries call themselves. */
  readonly software: readonly string[]
  /** Consumer groups that it is a member of, and the topics that these gave it. */
  readonly groups: readonly string[]
  readonly assignedTopics: readonly string[]
}

export interface SignedInConnection {
  readonly key: string
  readonly clientId: string
  readonly software: string | null
  readonly openedMs: number
}

/**
 * Rates by client id from the samples, libraries from the broker's connections, groups through
 * Kafka. What only one of them knows is left out where that one does not answer.
 */
export async function readClients(cluster: OwnCluster): Promise<FromServices<ClientsView>> {
  const [measured, connections, members] = await Promise.all([
    servicesControl().clusterClients(cluster.id),
    brokerControl().connections(),
    readMembers(cluster),
  ])
  if (!measured.ok) return refused(measured)
  const open = connections.ok
    ? connections.value.filter(({ tenantId }) => tenantId === cluster.id)
    : []
  const readers = 'ok' in members ? members.ok : []
  const known = new Set(measured.value.clients.map(({ clientId }) => clientId))
  // Somebody who has connected since the newest sample.
  const arrived = [...open.map(({ clientId }) => clientId ?? ''), ...readers.map(clientIdOf)]
  const unmeasured = [...new Set(arrived)].filter((clientId) => !known.has(clientId))
  return {
    ok: {
      takenMs: measured.value.takenMs,
      clients: [...measured.value.clients, ...unmeasured.map(justArrived)].map((client) =>
        rowOf(client, open, readers),
      ),
      connections: open.flatMap(signedIn),
    },
  }
}

function clientIdOf({ clientId }: Reader): string {
  return clientId
}

function justArrived(clientId: string): ClientNow {
  return {
    ...{ clientId, isOther: false, connections: 0, rates: null, topicsIn: [], topicsOut: [] },
    sparklines: { production: [], consumption: [] },
  }
}

function rowOf(
  client: ClientNow,
  open: readonly ConnectionView[],
  readers: readonly Reader[],
): ClientRow {
  const own = open.filter(({ clientId }) => !client.isOther && (clientId ?? '') === client.clientId)
  const memberships = client.isOther
    ? []
    : readers.filter(({ clientId }) => clientId === client.clientId)
  const software = own.flatMap((connection) => connection.software ?? [])
  return {
    ...client,
    connections: Math.max(client.connections, own.length),
    software: [...new Set(software)].sort(),
    groups: [...new Set(memberships.map(({ groupId }) => groupId))],
    assignedTopics: [...new Set(memberships.flatMap(({ topics }) => topics))],
  }
}

const principalPrefix = 'User:'

function signedIn({
  principal,
  clientId,
  software,
  openedMs,
}: ConnectionView): SignedInConnection[] {
  if (!principal.startsWith(principalPrefix)) return []
  const key = principal.slice(principalPrefix.length)
  return [{ key, clientId: clientId ?? '', software, openedMs }]
}
