import type { ReactNode } from 'react'

/** The buttons at the bottom of a form in a side panel. */
export function ProduceFoot({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-[60px] shrink-0 items-center justify-end gap-2 border-t border-line px-5">
      {children}
    </div>
  )
}
