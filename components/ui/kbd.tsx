/** A key as it is printed on keyboards. */
export function Kbd({ children }: { readonly children: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded-[4px] border border-line-2 bg-sunken px-1 text-tiny text-ink-3"
    >
      {children}
    </span>
  )
}
