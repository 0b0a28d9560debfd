/** How much `values` rise for each unit of `times`: the line with the least squares. */
export function slopeOf(points: readonly (readonly [time: number, value: number])[]): number {
  const count = points.length
  const meanTime = points.reduce((sum, [time]) => sum + time, 0) / count
  const meanValue = points.reduce((sum, [, value]) => sum + value, 0) / count
  const covariance = points.reduce(
    (sum, [time, value]) => sum + (time - meanTime) * (value - meanValue),
    0,
  )
  const variance = points.reduce((sum, [time]) => sum + (time - meanTime) ** 2, 0)
  return covariance / variance
}
