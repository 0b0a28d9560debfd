/** Where the streams of a cluster's drawing run. Lengths are pixels. */
export interface Stream {
  readonly key: string
  /** From the height of its row to its place at the cluster. */
  readonly path: string
  readonly widthPx: number
  /** Nothing flows: it is dotted. */
  readonly isIdle: boolean
}

export const rowPx = 41
export const reachPx = 110
const narrowestPx = 1.5
const widestPx = 12

/** `atMost`: the rate of the widest stream, on either side. */
export function streamsOf(
  rates: readonly (number | null)[],
  { atMost, heightPx }: { readonly atMost: number; readonly heightPx: number },
): readonly Stream[] {
  const widths = rates.map((rate) =>
    rate === null || atMost === 0
      ? narrowestPx
      : narrowestPx + (widestPx - narrowestPx) * (rate / atMost),
  )
  const top = (heightPx - rates.length * rowPx) / 2
  // They lie side by side where they reach the cluster.
  let joinY = heightPx / 2 - widths.reduce((sum, width) => sum + width, 0) / 2
  return rates.map((rate, index) => {
    const widthPx = widths[index] ?? narrowestPx
    const rowY = top + rowPx * (index + 0.5)
    const endY = joinY + widthPx / 2
    joinY += widthPx
    const half = reachPx / 2
    return {
      key: String(index),
      path: `M0 ${rowY}C${half} ${rowY} ${half} ${endY.toFixed(1)} ${reachPx} ${endY.toFixed(1)}`,
      widthPx,
      isIdle: !rate,
    }
  })
}
