import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import type { LengthBounds } from '../schema-node.ts'
import { type RegexText, readRegex } from './regex-text.ts'

const unlimited = 1_000_000

function regexOf(java: string, bounds: LengthBounds | null = null): RegexText {
  const regex = readRegex(java, bounds)
  if ('problem' in regex) throw new Error(regex.problem)
  return regex
}

function textsOf(regex: RegexText, { count = 300, extraMax = unlimited } = {}): string[] {
  return Array.from({ length: count }, (_, record) =>
    regex.text(createRandom({ seed: 4, record }), extraMax),
  )
}

const lengthsOf = (texts: readonly string[]): number[] =>
  [...new Set(texts.map(({ length }) => length))].sort((a, b) => a - b)

describe('texts', () => {
  it.each([
    ['Item_[1-9][0-9]{0,2}', /^Item_[1-9][0-9]{0,2}$/],
    ['[A-Z]{2}\\d{6}[A-Z]', /^[A-Z]{2}\d{6}[A-Z]$/],
    ['\\[[0-9][0-9],[0-9][0-9]\\]', /^\[\d\d,\d\d\]$/],
    [
      'https:\\/\\/www[.]acme[.]com\\/product\\/[a-z]{5}',
      /^https:\/\/www\.acme\.com\/product\/[a-z]{5}$/,
    ],
    ['[a-z ]{10,15}', /^[a-z ]{10,15}$/],
    ['(?:cat|dog|(big )+bird)s?', /^(cat|dog|(big )+bird)s?$/],
    ['a+?b*+c??', /^a+b*c?$/],
    ['^\\w{3}$', /^\w{3}$/],
    ['[^a-y]', /^[^a-y]$/],
    ['.', /^[ -~]$/],
    ['[à-ü]{2}', /^[à-ü]{2}$/],
    ['\\Q[a].*\\E!', /^\[a\]\.\*!$/],
    ['\\p{Lower}[\\p{Digit}_]', /^[a-z][0-9_]$/],
    ['[]a]', /^[\]a]$/],
    ['[-a.]', /^[-a.]$/],
    ['\\u0041\\x42\\t', /^AB\t$/],
    ['\\s[\\s]', /^[ \t-\r]{2}$/],
    ['me@[a-z]{2}\\.org', /^me@[a-z]{2}\.org$/],
    ['a{2,}', /^a{8,15}$/],
    ['', /^$/],
    ['a||b', /^(a||b)$/],
  ])('of %s are what it matches', (java, pattern) => {
    for (const text of textsOf(regexOf(java))) expect(text).toMatch(pattern)
  })

  it('have every number of repetitions, about as often', () => {
    const lengths = textsOf(regexOf('[1-9]{0,2}'), { count: 3000 }).map(({ length }) => length)
    for (const length of [0, 1, 2]) {
      const count = lengths.filter((each) => each === length).length
      // Six standard deviations: sqrt(3000 × 1/3 × 2/3) = 26.
      expect(Math.abs(count - 1000)).toBeLessThan(156)
    }
  })

  it('have every branch', () => {
    expect(new Set(textsOf(regexOf('a|b|[cd]')))).toEqual(new Set(['a', 'b', 'c', 'd']))
  })

  it('are what the expression matches, whatever it is and however long they shall be', () => {
    const part: fc.Arbitrary<string> = fc.letrec<{ part: string }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('a', '[b-d]', '\\d', 'xy', '.'),
        fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
        fc.tuple(tie('part'), tie('part')).map(([one, other]) => `(${one}|${other})`),
        fc
          .tuple(tie('part'), fc.constantFrom('?', '*', '+', '{2}', '{1,3}', '{2,}'))
          .map(([inner, quantifier]) => `(?:${inner})${quantifier}`),
      ),
    })).part
    fc.assert(
      fc.property(part, fc.option(fc.nat(40)), fc.nat(60), (java, min, extraMax) => {
        const bounds = min === null ? null : { min, max: min + 5 }
        const regex = readRegex(java, bounds)
        if ('problem' in regex) throw new Error(regex.problem)
        for (const text of textsOf(regex, { count: 5, extraMax })) {
          expect(text).toMatch(new RegExp(`^(?:${java})$`))
          expect(text.length).toBeLessThanOrEqual(regex.lengthMin + extraMax)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('length', () => {
  it('steers repetitions without an end to 8 to 15 characters where nothing is said', () => {
    expect(lengthsOf(textsOf(regexOf('[a-z]*')))).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
    expect(lengthsOf(textsOf(regexOf('x[a-z]+-[0-9]+')))).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
  })

  it('leaves expressions with an end alone where nothing is said', () => {
    expect(lengthsOf(textsOf(regexOf('Item_[1-9][0-9]{0,2}')))).toEqual([6, 7, 8])
  })

  it.each<[string, LengthBounds, number[]]>([
    ['[a-z]*', { min: 3, max: 6 }, [3, 4, 5]],
    ['[a-z]*', { min: 20, max: 21 }, [20]],
    ['[a-z]*', { min: 20, max: 2 ** 31 - 1 }, [20, 21, 22, 23, 24, 25, 26, 27]],
    ['[a-z]{0,9}', { min: 4, max: 7 }, [4, 5, 6]],
    ['(ab)*', { min: 6, max: 7 }, [6]],
    ['(a|bb|ccc)*', { min: 9, max: 10 }, [9]],
    ['(a*|b+)(c?d{2,4})*', { min: 12, max: 14 }, [12, 13]],
  ])('of %s within %j is kept', (java, bounds, lengths) => {
    expect(lengthsOf(textsOf(regexOf(java, bounds)))).toEqual(lengths)
  })

  it('that an expression cannot have is ignored', () => {
    expect(lengthsOf(textsOf(regexOf('[a-z]{3}', { min: 8, max: 9 })))).toEqual([3])
  })
})

describe('an expression is refused', () => {
  it.each([
    ['(', 'Unterminated group'],
    ['[a', 'Unterminated character class'],
    ['*a', 'Nothing to repeat'],
    ['[z-a]', 'Range out of order in character class'],
    ['a{3,1}', 'the numbers of {3,1} are out of order'],
    ['a{,3}', '{ needs a number'],
    ['(?=a)b', 'it looks ahead'],
    ['(?>a)b', 'atomic groups'],
    ['(?<=a)b', 'it looks behind'],
    ['(?i)a', 'flags such as (?i) are not supported'],
    ['(a)\\1', 'it refers back to a group'],
    ['\\bword', 'word boundaries'],
    ['[a-z&&[^b]]', '&& in a class is not supported'],
    ['[a[b]]', 'a bracket inside of a class'],
    ['\\y', '\\y is no escape of Java'],
    ['\\p{Klingon}', 'the class \\p{Klingon} is not supported'],
    ['[^ -~]', 'it has a class without characters'],
    ['a\\', 'a backslash at the end escapes nothing'],
    ['(a{1000}){1000}', 'more than 40000 characters and groups'],
    ['((){1000}){1000}', 'more than 40000 characters and groups'],
    ['a{99999999999}', 'more than 40000 characters and groups'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'groups are nested more than 50 deep'],
  ])('%s', (java, problem) => {
    const regex = readRegex(java, null)
    expect('problem' in regex ? regex.problem : 'accepted').toContain(problem)
    expect('problem' in regex).toBe(true)
  })
})
