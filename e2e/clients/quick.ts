/**
 * Whether only the quick form of each row is wanted, as `npm run test:clients -- --quick` says: every
 * client produces, consumes, joins a group and administers, but not each in every variant.
 */
export const quick = process.env.QUICK === '1'

/** Whether a row can run here, or why not. */
export type Readiness = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Goes at the end of a test's title, so that a row that is left out is reported with its reason. */
export function skipNote(readiness: Readiness): string {
  return readiness.ok ? '' : ` (skipped: ${readiness.reason})`
}
