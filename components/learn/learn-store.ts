/**
 * Whether the Learn panel is open: in a cookie, so that the server draws the page with it and nothing
 * jumps when a page of another layout is opened.
 */
export const learnCookie = 'tributary-learn'
const yearSeconds = 31_536_000
const listeners = new Set<() => void>()

/** For `useSyncExternalStore`. */
export const learnStore = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: () => document.cookie.split('; ').includes(`${learnCookie}=open`),
}

export function setLearnOpen(isOpen: boolean): void {
  const age = isOpen ? yearSeconds : 0
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox.
  document.cookie = `${learnCookie}=open; path=/; max-age=${age}; samesite=lax`
  for (const listener of listeners) listener()
}
