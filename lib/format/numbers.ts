const grouped = new Intl.NumberFormat('en-GB')

/** `6243` → `6,243`. Takes digits as text too, so that a 64-bit offset is never rounded. */
export function formatCount(value: number | bigint | string): string {
  return grouped.format(typeof value === 'string' ? BigInt(value) : value)
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Bytes with the largest unit that leaves at least 1, in steps of 1024: `1331` → `1.30 KB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  const figure = digits === 0 ? formatCount(Math.round(value)) : value.toFixed(digits)
  return `${figure} ${units[unit]}`
}

/** `1, 'topic'` → `1 topic`; `2, 'topic'` → `2 topics`. */
export function formatPlural(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}
