import { isNumber, type SeriesColour } from './series.ts'

/**
 * The course of a figure that stands beside it, on its own scale; nothing for screen readers, which
 * have the figure. Plain SVG: a list may show hundreds.
 */
export function Sparkline({
  values,
  colour,
  width = 92,
  height = 24,
}: {
  /** Oldest first; null was not measured and leaves a gap. */
  readonly values: readonly (number | null)[]
  readonly colour: SeriesColour
  readonly width?: number
  readonly height?: number
}) {
  const measured = values.filter(isNumber)
  const maximum = Math.max(0, ...measured)
  const frame = { left: 1, right: width - 3, top: 3, bottom: height - 2 }
  const base = { x1: frame.left, x2: frame.right, y1: frame.bottom + 0.5, y2: frame.bottom + 0.5 }
  const runs = maximum > 0 ? runsOf(values, maximum, frame) : []
  const newest = values.at(-1)
  const ink = `var(--${colour})`
  return (
    <svg aria-hidden="true" width={width} height={height} className="shrink-0">
      {measured.length === 0 ? null : <line {...base} stroke="var(--base)" />}
      {runs.map(({ line, area }) => (
        <g key={line}>
          <path d={area} fill={ink} fillOpacity={0.08} />
          <path d={line} fill="none" stroke={ink} strokeWidth={1.25} strokeLinejoin="round" />
        </g>
      ))}
      {maximum > 0 && isNumber(newest) ? (
        <circle cx={frame.right} cy={heightAt(newest, maximum, frame)} r={2} fill={ink} />
      ) : null}
    </svg>
  )
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** One path for each stretch without a gap. */
function runsOf(values: readonly (number | null)[], maximum: number, frame: Box) {
  const stepX = (frame.right - frame.left) / Math.max(1, values.length - 1)
  const runs: string[][] = [[]]
  values.forEach((value, index) => {
    if (!isNumber(value)) {
      runs.push([])
      return
    }
    const x = (frame.left + index * stepX).toFixed(1)
    runs.at(-1)?.push(`${x} ${heightAt(value, maximum, frame).toFixed(1)}`)
  })
  return runs
    .filter((points) => points.length > 1)
    .map((points) => {
      const line = `M${points.join('L')}`
      const [first = '', last = ''] = [points[0], points.at(-1)].map((at) => at?.split(' ')[0])
      return { line, area: `${line}L${last} ${frame.bottom}L${first} ${frame.bottom}Z` }
    })
}

function heightAt(value: number, maximum: number, frame: Box): number {
  return frame.bottom - (value / maximum) * (frame.bottom - frame.top)
}
