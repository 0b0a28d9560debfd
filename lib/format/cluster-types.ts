/**
 * Cluster types as Confluent sells them. The two that can be launched differ here by the limits of
 * `broker/rules/limits.ts`; what this machine does not enforce stands under *On Confluent Cloud*.
 * Prices are simulated: those of the 2023 console, and Standard's base price of 2026.
 */
export interface LaunchableType {
  readonly type: 'BASIC' | 'STANDARD'
  readonly detail: string
  /** Simulated, in dollars. */
  readonly prices: readonly {
    readonly what: string
    readonly amount: string
    readonly per: string
  }[]
  readonly baseDollarsPerHour: number
  /** What Confluent limits and promises, and this machine does not. */
  readonly onConfluentCloud: readonly { readonly what: string; readonly value: string }[]
  readonly uptime: string
}

const usagePrices = [
  { what: 'Write', amount: '$0.121', per: 'GB' },
  { what: 'Read', amount: '$0.121', per: 'GB' },
  { what: 'Storage', amount: '$0.00015278', per: 'GB-hour' },
] as const

export const launchableTypes: readonly LaunchableType[] = [
  {
    type: 'BASIC',
    detail: 'For learning and exploring Kafka.',
    baseDollarsPerHour: 0,
    prices: [
      { what: 'Base', amount: '$0', per: 'hr' },
      ...usagePrices,
      { what: 'Partitions', amount: '$0.0044', per: 'partition-hour' },
    ],
    onConfluentCloud: [
      { what: 'Ingress', value: '250 MB/s' },
      { what: 'Egress', value: '750 MB/s' },
      { what: 'Storage', value: '5,000 GB' },
      { what: 'Requests', value: '15,000 per second' },
      { what: 'Connection attempts', value: '80 per second' },
      { what: 'Partitions created and deleted', value: '250 in 5 minutes' },
    ],
    uptime: '99.5 %',
  },
  {
    type: 'STANDARD',
    detail: 'More partitions, keys and connections.',
    baseDollarsPerHour: 0.75,
    prices: [
      { what: 'Base', amount: '$0.75', per: 'hr' },
      ...usagePrices,
      { what: 'Partitions', amount: '$0.0044', per: 'partition-hour' },
    ],
    onConfluentCloud: [
      { what: 'Ingress', value: '250 MB/s' },
      { what: 'Egress', value: '750 MB/s' },
      { what: 'Storage', value: 'Unlimited' },
      { what: 'Requests', value: '15,000 per second' },
      { what: 'Connection attempts', value: '500 per second' },
      { what: 'Partitions created and deleted', value: '500 in 5 minutes' },
    ],
    uptime: '99.9 %',
  },
]

/** Types that exist on Confluent Cloud only, with the reason. */
export const otherTypes = [
  {
    name: 'Enterprise',
    reason: 'It is reached over private networking only, and this machine is its own network.',
  },
  {
    name: 'Dedicated',
    reason: 'It is sized in machines of its own. All clusters here share this one.',
  },
  {
    name: 'Freight',
    reason: 'It keeps its data in the object storage of AWS. Here it is kept on this disk.',
  },
] as const

export function launchableType(type: string): LaunchableType | undefined {
  return launchableTypes.find((candidate) => candidate.type === type)
}

/** `0.75` → `$0.75`, `0` → `$0.00`. */
export function formatDollars(dollars: number): string {
  return `$${dollars.toFixed(2)}`
}
