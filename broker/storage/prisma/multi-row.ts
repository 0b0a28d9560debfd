/** SQLite binds at most 32,766 arguments to a statement. */
const ARGUMENTS_MAX = 32_766

/** Cuts rows into as many as one statement can take at so many columns each. */
export function inStatements<T>(rows: readonly T[], columns: number): readonly (readonly T[])[] {
  const rowsMax = Math.floor(ARGUMENTS_MAX / columns)
  const slices: (readonly T[])[] = []
  for (let start = 0; start < rows.length; start += rowsMax) {
    slices.push(rows.slice(start, start + rowsMax))
  }
  return slices
}

/** `(?, ?), (?, ?), …` */
export function placeholders(rows: number, columns: number): string {
  const row = `(${Array(columns).fill('?').join(', ')})`
  return Array(rows).fill(row).join(', ')
}
