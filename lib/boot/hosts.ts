import { isIPv6 } from 'node:net'

/**
 * The names under which a browser may ask for the console, any port. Next answers any `Host`, so
 * without this a page of somebody else's could point its own name at 127.0.0.1 and read the
 * console as its own origin (DNS rebinding).
 */
export function allowedHosts(configured: readonly (string | null)[]): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '::1', ...configured.filter((name) => name !== null)]
  return new Set(names.map((name) => inUrl(name).toLowerCase()))
}

/** Whether a `Host` header names one of them. */
export function isAllowedHost(header: string | undefined, allowed: ReadonlySet<string>): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1] !== undefined && allowed.has(match[1].toLowerCase())
}

/** A host as it stands in a URL: IPv6 addresses in brackets. */
export function inUrl(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}
