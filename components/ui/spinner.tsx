/** A turning ring for inside a button; it shows after 150 ms, so that quick work does not flicker. */
export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="appear-late size-[15px] animate-spin rounded-full border-2 border-current border-r-transparent opacity-80"
    />
  )
}
