// `iteration`: values that follow each other. Value n is computed from n, so that a task that goes
// on after a million records starts as fast as a new one.

import { decimalText, readDecimal, rescaleUp } from '../decimal.ts'
import { type JsonObject, javaClass } from '../json-node.ts'
import type { Problems } from '../problems.ts'
import type { GeneratedValue } from '../schema-node.ts'
import { readInteger, readNumber, readObject, standsAlone } from './fields.ts'
import { floatMax, intRange, longRange } from './range.ts'

const property = 'iteration'
const numbers = ['start', 'restart', 'step', 'initial'] as const

export type ValueAt = (n: number) => GeneratedValue

/** What an `iteration` gives for a type; null where there is none, or where it is wrong. */
export function readIteration(
  properties: JsonObject,
  { type, problems }: { type: string; problems: Problems },
): ValueAt | null {
  const node = properties.members.get(property)
  if (node === undefined) return null
  const others = ['length', 'regex', 'options', 'range']
  if (!standsAlone(properties, { property, others, problems })) return null
  const within = readObject(properties, property, problems)
  if (within === null) return null
  switch (type) {
    case 'boolean':
      return readAlternation(within, problems)
    case 'int':
    case 'string': {
      const at = readIntegral(within, intRange, problems)
      if (at === null) return null
      return type === 'int' ? (n) => Number(at(n)) : (n) => String(at(n))
    }
    case 'long':
      return readIntegral(within, longRange, problems)
    case 'float':
    case 'double':
      return readFractional(within, type, problems)
    default:
      problems.report(
        node,
        `${property} property can only be specified on numeric, boolean or string schemas, not ${type} schema`,
      )
      return null
  }
}

function readAlternation(within: JsonObject, problems: Problems): ValueAt | null {
  const start = within.members.get('start')
  if (start === undefined) return withoutStart(within, problems)
  if (start.kind !== 'boolean') {
    problems.report(
      start,
      `start field of ${property} property must be a boolean for a boolean schema, was ${javaClass(start)} instead`,
    )
    return null
  }
  for (const field of ['restart', 'step', 'initial']) {
    const node = within.members.get(field)
    if (node === undefined) continue
    problems.report(node, `${property} property cannot contain ${field} field for a boolean schema`)
    return null
  }
  return (n) => (n % 2 === 0 ? start.value : !start.value)
}

function readIntegral(
  within: JsonObject,
  type: typeof intRange | typeof longRange,
  problems: Problems,
): ((n: number) => bigint) | null {
  const read = (field: string) => readInteger({ property, field, within, problems }, type)
  const [start, restart, step, initial] = [
    read('start'),
    read('restart'),
    read('step'),
    read('initial'),
  ]
  if (hasWrongNumber(within, { start, restart, step, initial })) return null
  if (start === null) return withoutStart(within, problems)
  const cycle = readCycle({ start, restart, step, within, problems })
  if (cycle === null) return null
  const end = restart ?? (cycle > 0n ? type.max : type.min)
  if (end === start) {
    problems.report(
      within,
      `start field of ${property} property is already the last value there is`,
    )
    return null
  }
  return countFrom({ start, step: cycle, end, initial: initial ?? start })
}

function readFractional(
  within: JsonObject,
  type: 'float' | 'double',
  problems: Problems,
): ValueAt | null {
  const read = (field: string) => {
    const node = readNumber({ property, field, within, problems }, type)
    return node === null ? null : readDecimal(node.text)
  }
  const given = {
    start: read('start'),
    restart: read('restart'),
    step: read('step'),
    initial: read('initial'),
  }
  if (hasWrongNumber(within, given)) return null
  if (given.start === null) return withoutStart(within, problems)
  // Counted in decimals, as the original does: ten steps of 0.1 are 1.0.
  const scale = Math.max(...numbers.map((name) => given[name]?.scale ?? 0))
  const scaled = (name: (typeof numbers)[number]): bigint | null => {
    const value = given[name]
    return value === null ? null : rescaleUp(value, scale)
  }
  const one = 10n ** BigInt(scale)
  const start = scaled('start') ?? 0n
  const restart = scaled('restart')
  const step = readCycle({ start, restart, step: scaled('step'), within, problems, one })
  if (step === null) return null
  const largest = BigInt(type === 'float' ? floatMax : Number.MAX_VALUE) * one
  const end = restart ?? (step > 0n ? largest : -largest)
  const at = countFrom({ start, step, end, initial: scaled('initial') ?? start })
  const round = type === 'float' ? Math.fround : (value: number) => value
  return (n) => round(Number(decimalText({ unscaled: at(n), scale })))
}

interface Cycle {
  readonly start: bigint
  readonly restart: bigint | null
  readonly step: bigint | null
  readonly within: JsonObject
  readonly problems: Problems
  /** What the default step of 1 is in the scale of the numbers. */
  readonly one?: bigint
}

/** The step, checked against where it leads; null where they contradict each other. */
function readCycle({ start, restart, step, within, problems, one = 1n }: Cycle): bigint | null {
  const refuse = (sentence: string): null => {
    problems.report(within, sentence)
    return null
  }
  if (step === 0n) return refuse(`step field of ${property} property cannot be zero`)
  if (restart === null) return step ?? one
  if (restart === start) {
    return refuse(`start and restart fields of ${property} property cannot be equal`)
  }
  const isUpward = restart > start
  if (step === null) return isUpward ? one : -one
  if (step > 0n === isUpward) return step
  return refuse(
    isUpward
      ? `step field of ${property} property must be positive when restart field is greater than start field`
      : `step field of ${property} property must be negative when restart field is less than start field`,
  )
}

/** Value n of a count that begins again at `start` when it reaches `end`. */
function countFrom({
  start,
  step,
  end,
  initial,
}: {
  start: bigint
  step: bigint
  end: bigint
  initial: bigint
}): (n: number) => bigint {
  const span = end > start ? end - start : start - end
  const sign = step > 0n ? 1n : -1n
  return (n) => {
    if (n === 0) return initial
    const distance = (initial - start + BigInt(n) * step) * sign
    // An initial value before the start counts up to it; only what comes after goes round.
    return start + sign * (distance < 0n ? distance : distance % span)
  }
}

function withoutStart(within: JsonObject, problems: Problems): null {
  problems.report(within, `${property} property must contain start field`)
  return null
}

/** Whether a number is there but was refused: that has been reported already. */
function hasWrongNumber(within: JsonObject, read: Readonly<Record<string, unknown>>): boolean {
  return numbers.some((name) => within.members.has(name) && read[name] === null)
}
