/** How a cluster is said to be spread; here a name, since every cluster runs on this machine. */
export const availabilities = ['SINGLE_ZONE', 'MULTI_ZONE'] as const
export type Availability = (typeof availabilities)[number]

const words: Record<Availability, string> = {
  SINGLE_ZONE: 'Single zone',
  MULTI_ZONE: 'Multi zone',
}

/** `SINGLE_ZONE` → `Single zone`, as Confluent's console writes it. */
export function availabilityWord(availability: string): string {
  const known = availabilities.find((candidate) => candidate === availability)
  return known === undefined ? availability : words[known]
}
