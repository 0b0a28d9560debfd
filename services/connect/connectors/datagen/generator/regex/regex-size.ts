import { type Token, type Tokens, types } from 'ret'

/** How long the texts of a part of an expression are, and how much work making one is. */
export interface RegexSize {
  readonly lengthMin: number
  /** Infinity where a repetition has no end. */
  readonly lengthMax: number
  readonly stepsMin: number
  readonly stepsMax: number
  /** Steps through every part once: what one more character may cost where its length is steered. */
  readonly walk: number
}

const nothing: RegexSize = { lengthMin: 0, lengthMax: 0, stepsMin: 0, stepsMax: 0, walk: 0 }
const oneStep: RegexSize = { ...nothing, stepsMin: 1, stepsMax: 1, walk: 1 }
const oneCharacter: RegexSize = { ...oneStep, lengthMin: 1, lengthMax: 1 }

/** Sizes of parsed expressions, remembered part by part. */
export function measureRegex(): (token: Tokens) => RegexSize {
  const known = new WeakMap<Tokens, RegexSize>()

  function sizeOf(token: Tokens): RegexSize {
    const size = known.get(token) ?? measure(token)
    known.set(token, size)
    return size
  }

  function measure(token: Tokens): RegexSize {
    switch (token.type) {
      case types.ROOT:
      case types.GROUP: {
        const branches = token.options ?? [token.stack ?? []]
        const steps = branches.length
        const choosing = { ...nothing, stepsMin: steps, stepsMax: steps, walk: steps }
        return plus(choosing, branches.map(total).reduce(either))
      }
      case types.REPETITION: {
        const once = sizeOf(token.value)
        return {
          lengthMin: once.lengthMin * token.min,
          lengthMax: times(once.lengthMax, token.max),
          stepsMin: 1 + once.stepsMin * token.min,
          stepsMax: 1 + times(once.stepsMax, token.max),
          walk: 1 + once.walk,
        }
      }
      case types.SET:
      case types.CHAR:
        return oneCharacter
      default:
        return oneStep
    }
  }

  function total(stack: readonly Token[]): RegexSize {
    return stack.map(sizeOf).reduce(plus, nothing)
  }

  return sizeOf
}

function plus(one: RegexSize, other: RegexSize): RegexSize {
  return {
    lengthMin: one.lengthMin + other.lengthMin,
    lengthMax: one.lengthMax + other.lengthMax,
    stepsMin: one.stepsMin + other.stepsMin,
    stepsMax: one.stepsMax + other.stepsMax,
    walk: one.walk + other.walk,
  }
}

function either(one: RegexSize, other: RegexSize): RegexSize {
  return {
    lengthMin: Math.min(one.lengthMin, other.lengthMin),
    lengthMax: Math.max(one.lengthMax, other.lengthMax),
    stepsMin: Math.max(one.stepsMin, other.stepsMin),
    stepsMax: Math.max(one.stepsMax, other.stepsMax),
    walk: Math.max(one.walk, other.walk),
  }
}

/** A product without 0 × Infinity, which is not a number. */
export function times(size: number, count: number): number {
  return size === 0 || count === 0 ? 0 : size * count
}
