/** Random numbers that a printed seed brings back. */
export interface Random {
  readonly seed: number
  /** An integer from `low` up to and including `high`. */
  integer(low: number, high: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
}

export function createRandom(seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)): Random {
  let state = seed
  function next() {
    // Mulberry32: 32 bits of state are plenty for choosing moments and sizes.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return { seed, integer, pick: (choices) => choices[integer(0, choices.length - 1)] ?? choices[0] }
}
