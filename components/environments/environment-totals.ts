import type { LiveCard } from '../../lib/queries/live.ts'

type Values = readonly (number | null)[]

/** What all clusters of an environment do together; null where none of them was measured. */
export interface EnvironmentTotals {
  readonly production: number | null
  readonly consumption: number | null
  readonly storedBytes: number | null
  readonly productionCourse: Values | undefined
  readonly consumptionCourse: Values | undefined
}

export function totalsOf(cards: readonly LiveCard[]): EnvironmentTotals {
  const figures = cards.map((card) => card.figures)
  return {
    production: sum(figures.map(({ rates }) => rates?.productionBytesPerSecond ?? null)),
    consumption: sum(figures.map(({ rates }) => rates?.consumptionBytesPerSecond ?? null)),
    storedBytes: sum(figures.map(({ storedBytes }) => storedBytes)),
    productionCourse: courseOf(figures.map(({ series }) => series.productionBytesPerSecond)),
    consumptionCourse: courseOf(figures.map(({ series }) => series.consumptionBytesPerSecond)),
  }
}

/** All series of one answer have the same steps. */
function courseOf(series: readonly Values[]): Values | undefined {
  const [first] = series
  return first?.map((_, index) => sum(series.map((values) => values[index] ?? null)))
}

/** What was not measured adds nothing, and nothing measured at all is not zero. */
function sum(values: Values): number | null {
  const measured = values.filter((value) => value !== null)
  return measured.length === 0 ? null : measured.reduce((total, value) => total + value, 0)
}
