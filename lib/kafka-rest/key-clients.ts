// Who may ask: an API key whose secret the broker itself has accepted.
//
// Signing in to Kafka is the only check of a secret, so that rights and metrics are the key's own.
// Invariants: a request is answered over a connection that its key has signed in; one that the broker
// ended because the key was revoked is not opened again; a secret is kept in memory alone, and no
// longer than its key is remembered.

import { createHash } from 'node:crypto'
import type { KeyCredentials } from '../auth/basic-credentials.ts'
import { createSignInAttempts, machineAt } from '../auth/sign-in-attempts.ts'
import { boundedNodes } from '../kafka/bounded-nodes.ts'
import type { ClusterAddress } from '../kafka/cluster-address.ts'
import { type ClusterIdentity, readClusterIdentity } from '../kafka/cluster-identity.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { createNodes, type Nodes } from '../kafka/nodes.ts'
import { keyLimits } from './limits.ts'
import type { Share, Shares } from './shares.ts'

/** What Kafka's lists call programs that come by REST. */
const asRest = { clientId: 'kafka-rest', software: 'kafka-rest' } as const

export interface KeyClients {
  /**
   * Signs in, or asks over a connection that has. Rejects with a `KafkaFailure` where the broker does
   * not answer, which counts as no attempt.
   */
  signIn(credentials: KeyCredentials, address: string): Promise<SignedInKey | SignInRefusal>
  /** Ends every connection. */
  close(): void
}

export interface SignedInKey {
  readonly nodes: Nodes
  /** As of this request. */
  readonly cluster: ClusterIdentity
  /** To be called once, when the request has been answered whole. */
  release(): void
}

export type SignInRefusal = 'wrong' | 'too-many-attempts' | 'too-many-keys' | 'too-many-requests'

interface Kept {
  readonly nodes: Nodes
  /** The first sign-in, while it is under way: whoever comes meanwhile waits for it. */
  signingIn: Promise<ClusterIdentity | null> | null
  requests: number
  /** Of its cluster, while it has requests. */
  share: Share | null
  timer: NodeJS.Timeout | undefined
}

export interface KeysBounds {
  /** Keys with connections open. */
  readonly keysMax: number
  /** Of these, how many of one cluster may have requests under way. */
  readonly inUse: Shares
}

export function createKeyClients(
  cluster: Pick<ClusterAddress, 'bootstrap' | 'isOwnBroker' | 'authority'>,
  { keysMax, inUse }: KeysBounds,
): KeyClients {
  const attempts = createSignInAttempts(Date.now)
  // By a hash of key and secret, the longest unused first.
  const kept = new Map<string, Kept>()

  function drop(name: string, client: Kept) {
    clearTimeout(client.timer)
    client.nodes.close()
    if (kept.get(name) === client) kept.delete(name)
  }

  function makeRoom(): boolean {
    if (kept.size < keysMax) return true
    const unused = [...kept].find(([, { requests }]) => requests === 0)
    if (unused !== undefined) drop(...unused)
    return unused !== undefined
  }

  /** Null where the broker refuses the key. Attempts are counted until the first success. */
  async function ask(name: string, client: Kept): Promise<ClusterIdentity | null> {
    try {
      return await readClusterIdentity(client.nodes)
    } catch (error) {
      if (asKafkaFailure(error)?.code !== 'SASL_AUTHENTICATION_FAILED') throw error
      drop(name, client)
      return null
    }
  }

  async function signInFirst(
    name: string,
    client: Kept,
    attempt: { readonly email: string; readonly address: string },
  ): Promise<ClusterIdentity | null> {
    try {
      const identity = await ask(name, client)
      if (identity !== null) attempts.succeeded(attempt)
      return identity
    } catch (error) {
      // Nobody said that the key is wrong.
      attempts.succeeded(attempt)
      drop(name, client)
      throw error
    } finally {
      client.signingIn = null
    }
  }

  function open(
    name: string,
    { key, secret }: KeyCredentials,
    address: string,
  ): Kept | SignInRefusal {
    const attempt = { email: key, address: machineAt(address) }
    if (!attempts.begin(attempt)) return 'too-many-attempts'
    if (!makeRoom()) {
      attempts.succeeded(attempt)
      return 'too-many-keys'
    }
    const nodes = createNodes({ ...cluster, username: key, password: secret, ...asRest })
    const bounded = boundedNodes(nodes, keyLimits)
    const client: Kept = {
      nodes: bounded,
      signingIn: null,
      requests: 0,
      share: null,
      timer: undefined,
    }
    kept.set(name, client)
    client.signingIn = signInFirst(name, client, attempt)
    return client
  }

  /** Which cluster a key is of is known only when it has signed in. */
  function takeShare(client: Kept, { clusterId }: ClusterIdentity): boolean {
    if (client.share !== null) return true
    const share = inUse.of(clusterId)
    if (!share.take(1)) return false
    client.share = share
    return true
  }

  function release(name: string, client: Kept) {
    client.requests -= 1
    if (client.requests > 0) return
    client.share?.give(1)
    client.share = null
    if (kept.get(name) !== client) return
    // The one used last goes last.
    kept.delete(name)
    kept.set(name, client)
    client.timer = setTimeout(() => drop(name, client), keyLimits.idleMsMax).unref()
  }

  return {
    async signIn(credentials, address) {
      const name = nameOf(credentials)
      const client = kept.get(name) ?? open(name, credentials, address)
      if (typeof client === 'string') return client
      if (client.requests >= keyLimits.requestsMax) return 'too-many-requests'
      client.requests += 1
      clearTimeout(client.timer)
      let isReleased = false
      const end = () => {
        if (!isReleased) release(name, client)
        isReleased = true
      }
      try {
        const identity = await (client.signingIn ?? ask(name, client))
        if (identity !== null && takeShare(client, identity)) {
          return { nodes: client.nodes, cluster: identity, release: end }
        }
        end()
        return identity === null ? 'wrong' : 'too-many-keys'
      } catch (error) {
        end()
        throw error
      }
    },
    close() {
      for (const [name, client] of kept) drop(name, client)
    },
  }
}

function nameOf({ key, secret }: KeyCredentials): string {
  return createHash('sha256').update(`${key}\0${secret}`).digest('base64')
}
