import type { ReactNode } from 'react'
import { MarkAndName } from './mark.tsx'

/** A page with one message, outside the console's frame. */
export function FullPage({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <main className="flex min-h-dvh flex-col items-start gap-5 bg-sheet px-[max(28px,8vw)] py-10">
      <MarkAndName />
      <div className="mt-[12vh] flex max-w-[440px] flex-col items-start gap-4 text-ink-2">
        <h1 className="text-page tracking-[-0.015em] text-ink">{title}</h1>
        {children}
      </div>
    </main>
  )
}
