/** A key as it is shown once. */
export interface NewApiKey {
  readonly key: string
  readonly secret: string
  readonly bootstrapServer: string
}

/** The text file that Confluent Cloud offers for a new key, line for line: programs parse it. */
export function keyFileText(
  clusterId: string,
  { key, secret, bootstrapServer }: NewApiKey,
): string {
  return `=== Confluent Cloud API key: ${clusterId} ===

API key:
${key}

API secret:
${secret}

Bootstrap server:
${bootstrapServer}
`
}

export function keyFileName(key: string): string {
  return `api-key-${key}.txt`
}
