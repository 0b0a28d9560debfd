import RandExp from 'randexp'
import type { Char, Set as CharacterClass, Range, Token, Tokens } from 'ret'
import type { Random } from '../random.ts'

type Characters = RandExp['defaultRange']

/**
 * randexp with a random source of ours. A class gives the characters it names, also outside of
 * ASCII; a negated class and the dot give printable ASCII.
 */
export class SeededRegex extends RandExp {
  #random: Random | null = null
  readonly #known = new WeakMap<object, Characters>()

  /** Any text of the expression; repetitions are uniform between their bounds. */
  text(random: Random): string {
    this.#random = random
    return this.gen()
  }

  /** The text of one character of the expression. */
  character(token: Token, random: Random): string {
    this.#random = random
    return this._gen(token, [])
  }

  isEmptyClass(token: Tokens): boolean {
    return 'set' in token && this._expand(token).length === 0
  }

  override randInt(from: number, to: number): number {
    if (this.#random === null) throw new Error('A text is being made without a random source.')
    return from + this.#random.below(to - from + 1)
  }

  override _expand(token: CharacterClass | Char | Range): Characters {
    if (!('set' in token)) return super._expand(token)
    const known = this.#known.get(token)
    if (known !== undefined) return known
    const printable = this.defaultRange
    const named = printable.clone().subtract(printable)
    for (const part of token.set) named.add(this._expand(part))
    const characters = token.not ? printable.clone().subtract(named) : named
    this.#known.set(token, characters)
    return characters
  }
}
