/**
 * What the toaster shows. Kept outside React, so that whatever ends an action can say so, also after
 * its own component has gone (a dialog closes, a page is left).
 */
export interface Toast {
  /** One line. */
  readonly text: string
  /** An error stays until it is closed; the rest goes after five seconds. */
  readonly kind?: 'done' | 'error'
  /** Kafka's error name, e.g. `TOPIC_ALREADY_EXISTS`; stands in a second line. */
  readonly code?: string
  readonly action?: { readonly label: string; readonly onSelect: () => void }
}

export interface ShownToast extends Toast {
  readonly id: number
}

export const toastDurationMs = 5000
/** Older ones make room. */
const shownMax = 4

let shown: readonly ShownToast[] = []
let lastId = 0
const listeners = new Set<() => void>()

export function showToast(toast: Toast): void {
  lastId += 1
  change([...shown, { ...toast, id: lastId }].slice(-shownMax))
}

export function dismissToast(id: number): void {
  change(shown.filter((toast) => toast.id !== id))
}

/** For `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: () => shown,
  readOnServer: (): readonly ShownToast[] => none,
}

const none: readonly ShownToast[] = []

function change(next: readonly ShownToast[]) {
  shown = next
  for (const listener of listeners) listener()
}
