/**
 * Whether a request comes from a page of this console. Browsers send `Origin` with every POST, and
 * another site's form or script cannot send ours; a request without it is refused too.
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
  const origin = headers.get('origin')
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get('host')
}
