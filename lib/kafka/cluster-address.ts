/** Where a cluster is and as whom to sign in: all that a Kafka client needs. */
export interface ClusterAddress {
  readonly bootstrap: readonly NodeAddress[]
  /**
   * Whether this is the broker of this installation, whose nodes `bootstrap` lists. Clients are told
   * its `ADVERTISED_HOST`, a name that need not mean anything on this machine, and the console's own
   * principals sign in on loopback alone. Any other Kafka is reached where it says.
   */
  readonly isOwnBroker?: boolean
  readonly username: string
  readonly password: string
  /** PEM: connect by TLS, and trust what this authority signed. In plaintext where absent. */
  readonly authority?: string
  /** What to be called in Kafka's logs and lists; the console where absent. */
  readonly clientId?: string
  /** Which program of ours signs in (KIP-511: letters, digits, dots and hyphens); likewise. */
  readonly software?: string
}

export interface NodeAddress {
  readonly host: string
  readonly port: number
}

/** Where a node that Metadata told of is reached: our own by its port, which nothing renames. */
export function dialledAddress(
  { bootstrap, isOwnBroker = false }: Pick<ClusterAddress, 'bootstrap' | 'isOwnBroker'>,
  told: NodeAddress,
): NodeAddress {
  return (isOwnBroker ? bootstrap.find(({ port }) => port === told.port) : undefined) ?? told
}

/** What Kafka's logs and lists call this client. */
export const clientId = 'tributary-console'
