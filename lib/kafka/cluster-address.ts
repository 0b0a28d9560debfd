/** Where a cluster is and as whom to sign in: all that a Kafka client needs. */
export interface ClusterAddress {
  readonly bootstrap: readonly NodeAddress[]
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

/** What Kafka's logs and lists call this client. */
export const clientId = 'tributary-console'
