import { type Token, type Tokens, types } from 'ret'
import type { Random } from '../random.ts'
import { type RegexSize, times } from './regex-size.ts'
import type { SeededRegex } from './seeded-regex.ts'

type Repetition = Extract<Token, { type: types.REPETITION }>

/** How many attempts a length gets that not every choice reaches, such as 4 with `(ab|abc)*`. */
const attemptsMax = 8
/** Above this length one attempt has to do. */
const attemptedLengthMax = 100

/** Makes texts with `extra` characters more than the shortest; fewer where none has as many. */
export function steerLength(
  source: SeededRegex,
  sizeOf: (token: Tokens) => RegexSize,
): (root: Tokens, extra: number, random: Random) => string {
  const knownStacks = new WeakMap<readonly Token[], StackSize>()

  function stackSize(stack: readonly Token[]): StackSize {
    const size = knownStacks.get(stack) ?? measureStack(stack, sizeOf)
    knownStacks.set(stack, size)
    return size
  }

  function make(token: Tokens, extra: number, random: Random): string {
    switch (token.type) {
      case types.ROOT:
      case types.GROUP: {
        const length = sizeOf(token).lengthMin + extra
        const stack = token.options ? branchFor(token.options, length, random) : (token.stack ?? [])
        return sequence(stack, length, random)
      }
      case types.REPETITION:
        return repetition(token, extra, random)
      case types.SET:
      case types.CHAR:
        return source.character(token, random)
      default:
        return ''
    }
  }

  /** One of the branches that can have this length, or at least are not longer. */
  function branchFor(
    options: readonly (readonly Token[])[],
    length: number,
    random: Random,
  ): readonly Token[] {
    const fitting = options.filter((stack) => stackSize(stack).lengthMin <= length)
    const exact = fitting.filter((stack) => {
      const { lengthMin, roomFrom } = stackSize(stack)
      return length - lengthMin <= (roomFrom[0] ?? 0)
    })
    const choices = exact.length > 0 ? exact : fitting
    return choices[random.below(choices.length)] ?? []
  }

  /** Each part takes a share that leaves no more than the parts after it can take. */
  function sequence(stack: readonly Token[], length: number, random: Random): string {
    const { lengthMin, roomFrom } = stackSize(stack)
    let left = length - lengthMin
    let text = ''
    stack.forEach((token, place) => {
      const share = drawShare(left, roomOf(sizeOf(token)), roomFrom[place + 1] ?? 0, random)
      text += make(token, share, random)
      left -= share
    })
    return text
  }

  function repetition(token: Repetition, extra: number, random: Random): string {
    const once = sizeOf(token.value)
    const length = once.lengthMin * token.min + extra
    const count = drawCount({ token, once, length }, random)
    let left = length - count * once.lengthMin
    let text = ''
    for (let round = 1; round <= count; round++) {
      const share = drawShare(left, roomOf(once), times(roomOf(once), count - round), random)
      text += make(token.value, share, random)
      left -= share
    }
    return text
  }

  return (root, extra, random) => {
    const wanted = sizeOf(root).lengthMin + extra
    const attempts = wanted > attemptedLengthMax ? 1 : attemptsMax
    let best = make(root, extra, random)
    for (let attempt = 1; attempt < attempts && best.length !== wanted; attempt++) {
      const text = make(root, extra, random)
      if (Math.abs(text.length - wanted) < Math.abs(best.length - wanted)) best = text
    }
    return best
  }
}

interface StackSize {
  readonly lengthMin: number
  /** How much the parts from each place on can grow together. */
  readonly roomFrom: readonly number[]
}

function measureStack(stack: readonly Token[], sizeOf: (token: Tokens) => RegexSize): StackSize {
  const roomFrom: number[] = []
  let room = 0
  let lengthMin = 0
  for (const token of [...stack].reverse()) {
    const size = sizeOf(token)
    room += roomOf(size)
    lengthMin += size.lengthMin
    roomFrom.unshift(room)
  }
  return { lengthMin, roomFrom }
}

function roomOf({ lengthMin, lengthMax }: RegexSize): number {
  return lengthMax - lengthMin
}

function drawShare(left: number, own: number, after: number, random: Random): number {
  const most = Math.min(left, own)
  const least = Math.min(most, Math.max(0, left - after))
  return least + random.below(most - least + 1)
}

/** A number of rounds that can have this length together. */
function drawCount(
  { token, once, length }: { token: Repetition; once: RegexSize; length: number },
  random: Random,
): number {
  if (once.lengthMax === 0) return token.min
  const affordable = Math.floor(length / Math.max(1, once.lengthMin))
  const most = Math.min(token.max, Math.max(token.min, affordable))
  const needed = length > 0 ? Math.max(1, Math.ceil(length / once.lengthMax)) : 0
  const least = Math.min(most, Math.max(token.min, needed))
  return least + random.below(most - least + 1)
}
