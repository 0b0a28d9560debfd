import type { ConnectorAt } from './paths.ts'

/**
 * Whose page an address is. A connector's name may hold characters that addresses escape, and Next
 * hands the segments of a page as they stand in the address.
 */
export function connectorAt(segments: ConnectorAt): ConnectorAt {
  return { ...segments, connector: decoded(segments.connector) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
