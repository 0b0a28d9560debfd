// Choices that come out the same in every process and every release: rows of a template made today
// must join with rows made last month. So they hang on SHA-256 alone, not on a random generator.

import { createHash } from 'node:crypto'
import type { Range } from './avro-schema.ts'

export interface Draw {
  /** A whole number from `min` to `max`, both included. */
  whole(range: Range): number
  one<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): readonly T[]
  /** `count` whole numbers in no order, evenly apart, the ends `min` and `max` among them. */
  spread(range: Range & { readonly count: number }): readonly number[]
}

/** Choices that depend on the name and on how many were made before. */
export function drawFor(name: string): Draw {
  let made = 0
  const fraction = () => {
    made += 1
    return digest(`${name} ${made}`).readUInt32BE(0) / 2 ** 32
  }
  const whole = ({ min, max }: Range) => min + Math.floor(fraction() * (max - min + 1))
  const shuffled = <T>(list: readonly T[]): readonly T[] =>
    list
      .map((item) => ({ item, rank: fraction() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  return {
    whole,
    shuffled,
    one: (list) => itemAt(list, whole({ min: 0, max: list.length - 1 })),
    spread: ({ count, min, max }) =>
      shuffled(numbered(count, (index) => min + Math.round((index * (max - min)) / (count - 1)))),
  }
}

/** Draws until there are `count` different ones. */
export function distinct(count: number, make: () => string): readonly string[] {
  const found = new Set<string>()
  while (found.size < count) found.add(make())
  return [...found]
}

/** A UUID that belongs to the name (version 8 of RFC 9562, made of a hash). */
export function uuidFor(name: string): string {
  const bytes = digest(name)
  bytes[6] = 0x80 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  const hex = bytes.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function numbered<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** The item at an index; past the end it goes round. */
export function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length]
  if (item === undefined) throw new Error('An empty list has no item to choose.')
  return item
}

/** A list of single words, written as text. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
