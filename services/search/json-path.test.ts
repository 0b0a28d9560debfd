import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type JsonStep, parseSearchQuery } from '../../broker/rules/search-query.ts'
import { hasValueAt, toBytePath } from './json-path.ts'
import { latin1Of } from './latin1.ts'
import { comparedValue } from './operand.ts'
import { requiredPattern } from './prefilter.ts'

/** Looks into `json` as it lies between the bytes of other records. */
function matches(json: string, query: string): boolean {
  const parsed = parseSearchQuery(query)
  if (!parsed.ok) throw new Error(parsed.message)
  const [term] = parsed.query.terms
  if (term?.kind !== 'json') throw new Error(`${query} is no path`)
  const before = ',"a":1,'
  const bytes = latin1Of(json)
  const text = `${before}${bytes},":1,"a":18}]`
  const at = before.length
  const end = at + bytes.length
  const found = hasValueAt({ text, end }, at, toBytePath(term.path), comparedValue(term.operand))
  return found !== term.isNegated
}

test.each([
  ['{"a":18}', '$.a = 18', true],
  ['{"a":18', '$.a = 18', true],
  ['{"a":', '$.a = 18', false],
  ['{"a"', '$.a = 18', false],
  ['{', '$.a = 18', false],
  ['', '$.a = 18', false],
  ['[', '$[0] = 18', false],
  ['[,]', '$[1] = 18', false],
  ['{"a":"18"}', '$.a = 18', true],
  ['{"a":"18"}', '$.a = "18"', true],
  ['{"a":18}', '$.a = "18"', false],
  ['{"a":true}', '$.a = true', true],
  ['{"a":"true"}', '$.a = true', true],
  ['{"a":truely}', '$.a = true', false],
  ['{"a":{"b":1}}', '$.a = 1', false],
  ['{"a":1,"a":2}', '$.a = 2', true],
  ['{"\\u0061":1}', '$.a = 1', true],
  ['{"zoë":"naïve"}', '$.zoë = naïve', true],
  ['{"zoë":"na\\u00efve"}', '$.zoë = "naïve"', true],
  ['{"a":"\\ud83d\\ude00"}', '$.a = "😀"', true],
  ['{"a":"x\\"}"}', '$.a = "x\\"}"', true],
  ['{"a":"\\\\"}', '$.a = "\\\\"', true],
  ['{"x":[[1,2],[3,4]]}', '$.x[1][0] = 3', true],
  ['{"x":[[1,2],[3,4]]}', '$.x[*][1] = 4', true],
  ['{"x":{"}":"]"},"a":1}', '$.a = 1', true],
  ['  { "a" :\n\t[ ] , "b" : 1 }', '$.b = 1', true],
  ['5', '$ = 5.0', true],
  ['"x"', '$ = x', true],
  ['{"a":12345678901234567890}', '$.a = 12345678901234567891', false],
])('%s against %s: %s', (json, query, expected) => {
  expect(matches(json, query)).toBe(expected)
})

const name = fc.constantFrom('a', 'b', 'odd name', 'é', '"', '\\', '😀', '')
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4 }),
  ),
}))
/** The same JSON in spellings that other writers use. */
const spelling = fc.constantFrom(
  (value: unknown) => JSON.stringify(value),
  (value: unknown) => JSON.stringify(value, null, 2),
  (value: unknown) =>
    JSON.stringify(value).replace(/[^ -~]/g, (character) =>
      character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    ),
)

/** Every scalar in a JSON value with its path. */
function leavesOf(value: unknown, path: JsonStep[] = []): { path: JsonStep[]; leaf: unknown }[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => leavesOf(element, [...path, { index }]))
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      leavesOf(member, [...path, { name: key }]),
    )
  }
  return [{ path, leaf: value }]
}

it('finds every scalar where it is and none where it is not, and rules out none by its bytes', () => {
  fc.assert(
    fc.property(json, spelling, (value, spell) => {
      const text = latin1Of(spell(value))
      const leaves = leavesOf(value)
      for (const { path, leaf } of leaves) {
        const isQuoted = typeof leaf === 'string'
        const operand = { text: isQuoted ? leaf : JSON.stringify(leaf), isQuoted }
        const bytePath = toBytePath(path)
        const looked = { text, end: text.length }
        expect(hasValueAt(looked, 0, bytePath, comparedValue(operand))).toBe(true)
        const other = { text: `${operand.text}~`, isQuoted: true }
        expect(hasValueAt(looked, 0, bytePath, comparedValue(other))).toBe(false)
        const term = { kind: 'json', field: 'value', path, operand, isNegated: false } as const
        const pattern = requiredPattern({ terms: [term] })
        expect(pattern?.test(text) ?? true).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

it('reads what is no JSON to its end and not beyond', () => {
  fc.assert(
    fc.property(json, fc.nat(200), fc.string(), (value, cut, noise) => {
      const whole = JSON.stringify(value)
      const broken = latin1Of(whole.slice(0, cut) + noise)
      const behind = `${broken}"a":1}]`
      for (const { path } of leavesOf(value)) {
        const wanted = comparedValue({ text: '1', isQuoted: false })
        const bytePath = toBytePath(path)
        const alone = hasValueAt({ text: broken, end: broken.length }, 0, bytePath, wanted)
        expect(hasValueAt({ text: behind, end: broken.length }, 0, bytePath, wanted)).toBe(alone)
      }
    }),
    { numRuns: 500 },
  )
})
