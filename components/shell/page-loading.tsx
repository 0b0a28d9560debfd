import type { ReactNode } from 'react'
import { SkeletonBar } from '../ui/skeleton.tsx'
import { Page } from './page.tsx'

/** A page that waits for the broker: its header, lines where its content will be, and why. */
export function PageLoading({ header }: { readonly header: ReactNode }) {
  return (
    <Page>
      {header}
      <p role="status" className="text-ink-2">
        The broker has not answered yet. It is asked for up to 10 seconds.
      </p>
      <div className="flex flex-col divide-y divide-line border-t border-line-2">
        {Array.from({ length: 6 }, (_, row) => (
          <div key={row} className="flex h-10 items-center gap-10">
            <SkeletonBar width={180} />
            <SkeletonBar width={90} />
            <SkeletonBar width={120} />
          </div>
        ))}
      </div>
    </Page>
  )
}
