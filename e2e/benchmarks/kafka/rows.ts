/** What is measured, as data: the heading of a row and which way is better. */
export interface Figure {
  readonly what: string
  readonly unit: 'MB/s' | 'ms' | 's' | 'MiB' | 'ms CPU/MB'
  readonly value: number
}

/** Throughput is better the larger it is, everything else the smaller. */
export function isBetterLarger(unit: Figure['unit']): boolean {
  return unit === 'MB/s'
}

/** The figures of every run, by peer. */
export type Samples = Map<string, { unit: Figure['unit']; byPeer: Map<string, number[]> }>

export function addFigures(samples: Samples, peer: string, figures: readonly Figure[]): void {
  for (const { what, unit, value } of figures) {
    const row = samples.get(what) ?? { unit, byPeer: new Map<string, number[]>() }
    samples.set(what, row)
    const values = row.byPeer.get(peer) ?? []
    row.byPeer.set(peer, [...values, value])
  }
}

/** The table in Markdown: median of each peer with its spread, and ours through theirs. */
export function describeSamples(samples: Samples, peers: readonly string[]): string[] {
  const [ours, theirs] = peers
  const head = `| | unit | ${peers.join(' | ')} | ratio |`
  const rule = `| --- | --- |${peers.map(() => ' ---: |').join('')} ---: |`
  const rows = [...samples].map(([what, { unit, byPeer }]) => {
    const cells = peers.map((peer) => describeRuns(byPeer.get(peer) ?? []))
    const ratio = ratioOf(byPeer.get(ours ?? ''), byPeer.get(theirs ?? ''))
    const arrow = isBetterLarger(unit) ? '↑' : '↓'
    return `| ${what} | ${unit} ${arrow} | ${cells.join(' | ')} | ${ratio} |`
  })
  return [head, rule, ...rows]
}

function describeRuns(values: readonly number[]): string {
  if (values.length === 0) return '–'
  const spread = `${short(Math.min(...values))}–${short(Math.max(...values))}`
  return values.length === 1 ? short(median(values)) : `${short(median(values))} (${spread})`
}

function ratioOf(ours: readonly number[] = [], theirs: readonly number[] = []): string {
  if (ours.length === 0 || theirs.length === 0) return '–'
  const ratio = median(ours) / median(theirs)
  return `${ratio < 0.01 ? ratio.toPrecision(1) : ratio.toFixed(2)} ×`
}

/** Three figures at most: more would claim a precision that no run has. */
function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
