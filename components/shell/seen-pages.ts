/** The pages that this tab has shown, newest first, for finding back. */
export interface SeenPage {
  readonly href: string
  readonly text: string
  /** Where it lies, e.g. its cluster; empty where it lies nowhere. */
  readonly detail: string
}

const storageKey = 'tributary-seen'
const seenMax = 12

/** `title` is the page's own: `Topics · kafka_tutorial_cluster · Tributary`. */
export function noteSeenPage(href: string, title: string): void {
  const [text = '', ...rest] = title.split(' · ')
  if (text === '' || rest.length === 0) return
  const page = { href, text, detail: rest.slice(0, -1).join(' · ') }
  const others = seenPages().filter((seen) => seen.href !== href)
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([page, ...others].slice(0, seenMax)))
  } catch {
    // A browser that keeps nothing has no recent pages.
  }
}

export function seenPages(): readonly SeenPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSeenPage) : []
  } catch {
    return []
  }
}

function isSeenPage(value: unknown): value is SeenPage {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['href', 'text', 'detail'].every(
      (name) => name in value && typeof Reflect.get(value, name) === 'string',
    )
  )
}
