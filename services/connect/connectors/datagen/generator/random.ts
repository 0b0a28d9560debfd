// The random source of one record. It is seeded anew for each record with (seed, record), so that
// record n can be made without the n before it: that is what lets a task go on after a restart.
// Generators of npm are seeded with one 32-bit number and begin alike for seeds that are close.

export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  float(): number
  /** A uniform integer in [0, bound). */
  below(bound: number): number
  /** A uniform integer in [0, bound), of at most 2^64 values without a bias that could be measured. */
  bigBelow(bound: bigint): bigint
}

const word = 2 ** 32
const warmUpRounds = 15

/** sfc32 (C. Doty-Humphrey, PractRand), which mixes its seed in 15 rounds. */
export function createRandom({ seed, record }: { seed: number; record: number }): Random {
  let a = lowWord(seed)
  let b = highWord(seed) ^ Math.imul(highWord(record), 0x9e3779b9)
  let c = lowWord(record)
  let counter = 1

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < warmUpRounds; round++) next()

  const float = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
  return {
    float,
    below: (bound) => Math.floor(float() * bound),
    bigBelow(bound) {
      let bits = 0n
      // Twice the bits that are needed: what the modulus favours is then below 2^-64.
      for (let filled = 0n; filled < bitLength(bound) + 64n; filled += 32n) {
        bits = (bits << 32n) | BigInt(next())
      }
      return bits % bound
    },
  }
}

function bitLength(value: bigint): bigint {
  return BigInt(value.toString(16).length * 4)
}

function lowWord(value: number): number {
  return Math.trunc(value) | 0
}

function highWord(value: number): number {
  return Math.floor(value / word) | 0
}
