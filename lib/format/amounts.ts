import { formatCount } from './numbers.ts'

/**
 * Times and sizes as people write them (`3`, `days`) and as Kafka stores them (`259200000`). Exact:
 * values reach 2^63 − 1, which no double holds.
 */
export type AmountKind = 'ms' | 'bytes'

export interface AmountUnit {
  readonly id: string
  readonly one: string
  readonly many: string
  readonly size: bigint
}

/** Smallest first. */
export const amountUnits: Readonly<Record<AmountKind, readonly AmountUnit[]>> = {
  ms: [
    { id: 'ms', one: 'ms', many: 'ms', size: 1n },
    { id: 's', one: 'second', many: 'seconds', size: 1000n },
    { id: 'min', one: 'minute', many: 'minutes', size: 60_000n },
    { id: 'h', one: 'hour', many: 'hours', size: 3_600_000n },
    { id: 'd', one: 'day', many: 'days', size: 86_400_000n },
    { id: 'w', one: 'week', many: 'weeks', size: 604_800_000n },
  ],
  bytes: [
    { id: 'B', one: 'byte', many: 'bytes', size: 1n },
    { id: 'KB', one: 'KB', many: 'KB', size: 1024n },
    { id: 'MB', one: 'MB', many: 'MB', size: 1024n ** 2n },
    { id: 'GB', one: 'GB', many: 'GB', size: 1024n ** 3n },
    { id: 'TB', one: 'TB', many: 'TB', size: 1024n ** 4n },
  ],
}

export interface Amount {
  /** As typed: digits, perhaps with a decimal point, or whatever else somebody typed. */
  readonly count: string
  /** The id of one of `amountUnits`. */
  readonly unit: string
}

/** `259200000` ms → `3` days: in the largest unit that divides it. Text that is no number stays. */
export function amountOf(stored: string, kind: AmountKind): Amount {
  const [smallest] = amountUnits[kind]
  if (!isWhole(stored)) return { count: stored, unit: smallest?.id ?? '' }
  const value = BigInt(stored)
  const unit = largestDividing(value, kind)
  return { count: String(value / unit.size), unit: unit.id }
}

/** `1.5` GB → `1610612736`. What is no number comes back as it was typed, for the rules to refuse. */
export function storedAmount({ count, unit }: Amount, kind: AmountKind): string {
  const text = count.trim().replaceAll(',', '')
  const parts = /^([+-]?\d+)(?:\.(\d{1,12}))?$/.exec(text)
  const size = amountUnits[kind].find(({ id }) => id === unit)?.size
  if (parts === null || size === undefined) return count.trim()
  const [, whole = '0', fraction = ''] = parts
  const scale = 10n ** BigInt(fraction.length)
  return String((BigInt(whole + fraction) * size) / scale)
}

/** Kafka's way of saying that a time has no bound. */
const longMax = '9223372036854775807'

/** `604800000` → `1 week`; `2097164` → `2,097,164 bytes`; `-1` → `Infinite`. Never rounded. */
export function describeAmount(stored: string, kind: AmountKind): string {
  if (!isWhole(stored)) return stored
  if (stored === '-1') return 'Infinite'
  if (stored === longMax) return 'No bound'
  const value = BigInt(stored)
  const unit = largestDividing(value, kind)
  const count = value / unit.size
  return `${formatCount(count)} ${count === 1n ? unit.one : unit.many}`
}

function largestDividing(value: bigint, kind: AmountKind): AmountUnit {
  const units = amountUnits[kind]
  const dividing = units.findLast(({ size }) => value !== 0n && value % size === 0n)
  const unit = dividing ?? units[0]
  if (unit === undefined) throw new Error(`There are no units of ${kind}.`)
  return unit
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text)
}
