import { type Draw, drawValue } from './draw.ts'
import { createRandom } from './random.ts'
import type { GeneratedValue, GeneratorSchema } from './schema-node.ts'
import { recordWeightMax } from './weights.ts'

export interface GeneratorStart {
  /** Any integer: the same seed makes the same records. */
  readonly seed: number
  /** How many records were made before; the generator goes on with the next. */
  readonly iteration?: number
  /** What `counters()` gave after them, where it gave any. */
  readonly counters?: readonly number[] | null
}

export interface Generator {
  /** The next record. */
  next(): GeneratedValue
  /**
   * How often each iteration has moved, where the number of records does not tell: iterations in
   * arrays, maps and unions, and of types that a record contains twice. Null where it does.
   */
  counters(): readonly number[] | null
}

/**
 * Makes records of a schema without end. Record n depends on the seed and on n alone, and on the
 * counters where there are any, so that going on costs the same after any number of records.
 */
export function createGenerator(schema: GeneratorSchema, start: GeneratorStart): Generator {
  const { seed, iteration = 0, counters: given } = start
  let record = iteration
  const isKnown = given?.length === schema.iterationCount
  const counters = isKnown ? [...given] : new Array<number>(schema.iterationCount).fill(iteration)
  return {
    next() {
      const draw: Draw = {
        random: createRandom({ seed, record }),
        counters,
        spare: recordWeightMax - schema.root.weightMin,
        depth: 0,
      }
      record++
      return drawValue(schema.root, draw)
    },
    counters: () => (schema.iteratesOnceARecord ? null : [...counters]),
  }
}
