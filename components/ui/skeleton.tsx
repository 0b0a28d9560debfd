/** Bars in the final geometry, shown after 150 ms, without shimmer. */
export function SkeletonBar({ width }: { readonly width: number }) {
  return (
    <span
      aria-hidden="true"
      className="appear-late inline-block h-2.5 rounded-sm bg-stone-tint align-middle"
      style={{ width }}
    />
  )
}

/** Rows of a table that is on its way; one width per column, in pixels. */
export function SkeletonRows({
  widths,
  rows = 4,
}: {
  readonly widths: readonly number[]
  readonly rows?: number
}) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="h-10 border-b border-line">
      {widths.map((width, column) => (
        <td key={column} className="pr-5">
          <SkeletonBar width={width} />
        </td>
      ))}
    </tr>
  ))
}
