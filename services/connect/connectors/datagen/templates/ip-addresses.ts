// Addresses that belong to nobody: 198.18.0.0/15 is set aside for benchmarks (RFC 2544).

import { type Draw, distinct, drawFor } from './draw.ts'

/** So many different dotted quads. */
export function quads(count: number, draw: Draw): readonly string[] {
  const octet = { min: 1, max: 254 }
  return distinct(
    count,
    () => `198.${draw.whole({ min: 18, max: 19 })}.${draw.whole(octet)}.${draw.whole(octet)}`,
  )
}

/** One pool for devices, firewall logs and shop visitors, so that those templates join. */
export const deviceAddresses = quads(100, drawFor('device addresses'))
