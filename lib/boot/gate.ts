// What every HTTP request passes before Next sees it.
//
// Invariants: a request for a name that is not ours gets 421 and nothing else, a change that another
// site asks for 403; every answer carries the security headers; the headers that tell the console
// about the request (nonce, address) come from here, whatever the client sent under their names.

import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { isAllowedHost } from './hosts.ts'

export interface Gate {
  readonly hosts: ReadonlySet<string>
  /** Development: React's error overlay evaluates strings, and hot reload is a web socket. */
  readonly dev: boolean
}

/** Answers the request itself and says `false`, or prepares it for the console and says `true`. */
export function pass(gate: Gate, request: IncomingMessage, response: ServerResponse): boolean {
  if (!isAllowedHost(request.headers.host, gate.hosts)) {
    refuse(response, 421, 'This console does not go by that name: set HOST or ADVERTISED_HOST.')
    return false
  }
  // A whole URL or an authority in place of a path is meant for proxies; Next would believe it.
  if (!request.url?.startsWith('/')) {
    refuse(response, 400, 'A request has to name a path.')
    return false
  }
  if (!readingMethods.has(request.method ?? '') && isFromElsewhere(request.headers)) {
    refuse(response, 403, 'Another site may not change anything here.')
    return false
  }
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce, gate.dev)
  for (const name of Object.keys(request.headers)) {
    // There is no proxy before us; believing these would let a client choose its origin.
    if (name.startsWith('x-forwarded-')) delete request.headers[name]
  }
  delete request.headers.forwarded
  request.headers['x-nonce'] = nonce
  // Next takes the nonce of its own scripts from here.
  request.headers['content-security-policy'] = policy
  request.headers['x-tributary-address'] = request.socket.remoteAddress ?? ''
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
  response.setHeader('Content-Security-Policy', policy)
  return true
}

const readingMethods = new Set(['GET', 'HEAD'])

/**
 * Whether a page of another origin sent this. A browser names the origin with everything that can
 * change something; programs that name none are dealt with where they arrive.
 */
function isFromElsewhere({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase()
}

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Menus and dialogs are placed by style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...securityHeaders })
  response.end(`${sentence}\n`)
}
