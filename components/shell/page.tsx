import type { ReactNode } from 'react'

/** The page inside the sheet: header, then content, with the sheet's padding. */
export function Page({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex w-full max-w-[1656px] flex-col gap-4 px-5 pt-[22px] pb-9 lg:px-7">
      {children}
    </div>
  )
}
