'use client'

import { paths } from '../../lib/paths.ts'
import type { Brokers } from '../../lib/queries/brokers.ts'
import { useRepeated } from '../live/use-repeated.ts'
import { CopyButton } from '../ui/copy-button.tsx'

/** Where programs connect to, and whether anybody answers there. */
export function NavFoot({ bootstrap }: { readonly bootstrap: string }) {
  const brokers = useRepeated<Brokers>(paths.brokers())
  return (
    <div className="nav-wide hidden border-t border-line px-2.5 pt-3 xl:block">
      <div className="flex items-center justify-between gap-2">
        <code className="truncate text-label" title="Bootstrap server">
          {bootstrap}
        </code>
        <CopyButton text={bootstrap} label="Copy bootstrap server" />
      </div>
      <p className="flex h-4 items-center gap-2 text-label text-ink-2">
        {brokers === null ? null : (
          <>
            <span
              aria-hidden="true"
              className={`size-2 rounded-full ${brokers.up < brokers.all ? 'bg-amber' : 'bg-moss'}`}
            />
            {`${brokers.up} of ${brokers.all} brokers up`}
          </>
        )}
      </p>
    </div>
  )
}
