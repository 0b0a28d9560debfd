// Texts of a regular expression whose length is steered where a schema gives bounds.
//
// Unsteered, randexp makes them: `[1-9]{0,2}` has 0, 1 or 2 digits, each as often. With bounds, or
// with a repetition without end, a length is drawn first, and what is above the shortest text is
// shared out from the outside in, so that no text is longer than what was drawn, and none is made
// in vain.

import ret, { type Tokens, types } from 'ret'
import type { Random } from '../random.ts'
import type { LengthBounds } from '../schema-node.ts'
import { translateRegex } from './java-regex.ts'
import { measureRegex } from './regex-size.ts'
import { SeededRegex } from './seeded-regex.ts'
import { steerLength } from './steered-length.ts'

/** Characters of a text, and groups that are walked for it: `(a{1000}){1000}` would be a million. */
const stepsMax = 40_000
/** How many lengths there are from the shortest on, where no bound says it: as many as by default. */
const lengthsWithoutBound = 8

export interface RegexText {
  readonly lengthMin: number
  /** Steps that making one may take beside its characters above the shortest. */
  readonly work: number
  /** What each character above the shortest may cost, in steps. */
  readonly walk: number
  /** A text that has at most `extraMax` characters more than the shortest. */
  text(random: Random, extraMax: number): string
}

/** What makes texts of a Java expression; `bounds` is null where the schema gives none. */
export function readRegex(
  java: string,
  bounds: LengthBounds | null,
): RegexText | { readonly problem: string } {
  const translated = translateRegex(java)
  if ('problem' in translated) return translated
  const { regex } = translated
  let tokens: Tokens
  let source: SeededRegex
  try {
    new RegExp(regex)
    tokens = ret(regex)
    source = new SeededRegex(regex)
  } catch (error) {
    if (error instanceof Error) return { problem: parserSentence(error.message) }
    throw error
  }
  const refused = refusedPart(tokens, source)
  if (refused !== null) return { problem: refused }
  const sizeOf = measureRegex()
  const size = sizeOf(tokens)
  const isEndless = size.lengthMax === Number.POSITIVE_INFINITY
  const most = isEndless ? size.stepsMin : size.stepsMax
  if (most > stepsMax) {
    return { problem: `its texts could have more than ${stepsMax} characters and groups` }
  }
  const { lengthMin, stepsMin } = size
  const target = targetLength(size, bounds)
  const steered = steerLength(source, sizeOf)
  const freeExtra = size.lengthMax - lengthMin
  return {
    lengthMin,
    walk: size.walk,
    work: isEndless ? stepsMin : size.stepsMax - (size.lengthMax - lengthMin),
    text(random, extraMax) {
      if (target === null && freeExtra <= extraMax) return source.text(random)
      const { min, max } = target ?? { min: lengthMin, max: size.lengthMax + 1 }
      const from = Math.min(min - lengthMin, extraMax)
      const to = Math.min(max - 1 - lengthMin, extraMax)
      return steered(tokens, from + random.below(to - from + 1), random)
    },
  }
}

/** The lengths to draw from; null where every text of the expression will do. */
function targetLength(
  { lengthMin, lengthMax }: { lengthMin: number; lengthMax: number },
  bounds: LengthBounds | null,
): LengthBounds | null {
  const isEndless = lengthMax === Number.POSITIVE_INFINITY
  // Confluent's default of 8 to 15 characters shows only where a repetition has no end: its own
  // ORDERS has Item_9 beside Item_972, although 8 characters could be reached.
  if (bounds === null && !isEndless) return null
  const { min, max } = bounds ?? { min: 8, max: 16 }
  const from = Math.max(min, lengthMin)
  // The original mostly stops soon after the least length: without a largest one it stays near it.
  const isUnbounded = isEndless && max > stepsMax
  const to = isUnbounded ? from + lengthsWithoutBound - 1 : Math.min(max - 1, lengthMax)
  if (from <= to) {
    return from === lengthMin && to === lengthMax ? null : { min: from, max: to + 1 }
  }
  if (isEndless) return { min: lengthMin, max: lengthMin + lengthsWithoutBound }
  return null
}

/** Why a part makes no text, as a sentence. */
function refusedPart(token: Tokens, source: SeededRegex): string | null {
  switch (token.type) {
    case types.ROOT:
    case types.GROUP: {
      for (const stack of token.options ?? [token.stack ?? []]) {
        for (const part of stack) {
          const refused = refusedPart(part, source)
          if (refused !== null) return refused
        }
      }
      return null
    }
    case types.REPETITION:
      return refusedPart(token.value, source)
    case types.SET:
      return source.isEmptyClass(token) ? 'it has a class without characters' : null
    default:
      return null
  }
}

/** What V8 and ret say begins with the whole expression, which the reader has before them. */
function parserSentence(message: string): string {
  return message.replace(/^Invalid regular expression: \/[\s\S]*\/[a-z]*: /, '')
}
