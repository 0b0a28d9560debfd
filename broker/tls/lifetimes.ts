const DAY_MS = 86_400_000

/** How long certificates last, and how early another takes over. */
export const lifetimes = {
  /** Machines whose clocks are behind ours (containers, a laptop that slept) accept it too. */
  backdatedMs: DAY_MS,
  serverMs: 365 * DAY_MS,
  serverRenewalMs: 30 * DAY_MS,
  authorityMs: 3650 * DAY_MS,
  /** Long: whoever has a copy of the old certificate needs time to fetch the next. */
  authorityRenewalMs: 730 * DAY_MS,
  /** How often a running broker looks whether one is due. */
  checkMs: DAY_MS,
} as const
