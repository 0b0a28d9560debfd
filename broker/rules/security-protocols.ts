/** Kafka's names for what a listener speaks; each port here speaks all that are accepted. */
export const securityProtocols = ['SASL_PLAINTEXT', 'SASL_SSL'] as const
export type SecurityProtocol = (typeof securityProtocols)[number]

/** Reads `SASL_PLAINTEXT,SASL_SSL` or one of them; null for anything else. */
export function parseSecurityProtocols(text: string): readonly SecurityProtocol[] | null {
  const named = text.split(',').map((name) => name.trim())
  const known = securityProtocols.filter((protocol) => named.includes(protocol))
  return known.length === named.length ? known : null
}
