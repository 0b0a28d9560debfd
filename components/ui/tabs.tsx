import Link from 'next/link'

/** Tabs that are pages: each is a link, the current one is marked. */
export function LinkTabs({
  label,
  tabs,
}: {
  readonly label: string
  readonly tabs: readonly {
    readonly href: string
    readonly text: string
    readonly isCurrent: boolean
  }[]
}) {
  return (
    <nav aria-label={label} className="flex h-9 gap-[22px] border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.isCurrent ? 'page' : undefined}
          className="-mb-px flex items-center border-b-2 border-transparent font-[480] text-ink-2 hover:text-ink aria-[current=page]:border-river aria-[current=page]:font-[580] aria-[current=page]:text-ink"
        >
          {tab.text}
        </Link>
      ))}
    </nav>
  )
}
