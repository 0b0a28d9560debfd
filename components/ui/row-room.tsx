/** The place of rows of a long table that are not rendered, in pixels. */
export function RowRoom({ px, columns }: { readonly px: number; readonly columns: number }) {
  if (px === 0) return null
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: It is room, not a row to count.
    <tr role="presentation">
      <td role="presentation" colSpan={columns} style={{ height: px, padding: 0 }} />
    </tr>
  )
}
