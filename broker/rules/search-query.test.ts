import { expect, it, test } from 'vitest'
import { parseSearchQuery } from './search-query.ts'

function terms(text: string) {
  const parsed = parseSearchQuery(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.query.terms.map(({ isNegated, ...condition }) =>
    isNegated ? { not: condition } : condition,
  )
}

const json = (path: unknown[], text: string, isQuoted = false, field = 'value') => ({
  kind: 'json',
  field,
  path,
  operand: { text, isQuoted },
})
const operand = (text: string, isQuoted = false) => ({ text, isQuoted })
const text = (words: string, isQuoted = false) => ({
  kind: 'text',
  operand: operand(words, isQuoted),
})

test.each([
  ['', []],
  ['   ', []],
  ['Palo', [text('Palo')]],
  ['Palo AND "Palo  Alto"', [text('Palo'), text('Palo  Alto', true)]],
  ['-Palo -"a b"', [{ not: text('Palo') }, { not: text('a b', true) }]],
  ['"say \\"hi\\" \\\\"', [text('say "hi" \\', true)]],
  // What only looks like a field is what was typed.
  ['{"orderid":18}', [text('{"orderid":18}')]],
  [
    'value keyboard $100 https://x/y',
    ['value', 'keyboard', '$100', 'https://x/y'].map((word) => text(word)),
  ],
  ['key:18', [{ kind: 'contains', field: 'key', operand: operand('18') }]],
  ['value : "a b"', [{ kind: 'contains', field: 'value', operand: operand('a b', true) }]],
  ['key=18', [{ kind: 'equals', field: 'key', operand: operand('18') }]],
  ['key != "18"', [{ not: { kind: 'equals', field: 'key', operand: operand('18', true) } }]],
  [
    'header.trace-id:x',
    [{ kind: 'contains', field: { header: 'trace-id' }, operand: operand('x') }],
  ],
  ['header.a.b = x', [{ kind: 'equals', field: { header: 'a.b' }, operand: operand('x') }]],
  ['header["a b"]:x', [{ kind: 'contains', field: { header: 'a b' }, operand: operand('x') }]],
  [
    '$.address.city = "Palo Alto"',
    [json([{ name: 'address' }, { name: 'city' }], 'Palo Alto', true)],
  ],
  ['value.orderid = 18', [json([{ name: 'orderid' }], '18')]],
  ['value.orderid == 18', [json([{ name: 'orderid' }], '18')]],
  ['key.id:7', [json([{ name: 'id' }], '7', false, 'key')]],
  [
    '$.tags[0]=x $.tags[*]=y',
    [json([{ name: 'tags' }, { index: 0 }], 'x'), json([{ name: 'tags' }, 'any'], 'y')],
  ],
  [`$["odd name"]['b'].*:z`, [json([{ name: 'odd name' }, { name: 'b' }, 'any'], 'z')]],
  ['$.x != null', [{ not: json([{ name: 'x' }], 'null') }]],
  ['-$.x != null', [json([{ name: 'x' }], 'null')]],
  ['$ = 5', [json([], '5')]],
  ['$.ride-id = 1', [json([{ name: 'ride-id' }], '1')]],
])('reads %j', (query, expected) => {
  expect(terms(query)).toEqual(expected)
})

test.each([
  ['abc "def', 4, 4, 'Character 5: The quote is never closed.'],
  [
    'a OR b',
    2,
    2,
    'Character 3: OR is not known: search twice, or write "OR" for the word itself.',
  ],
  [
    '$.name',
    0,
    6,
    'Character 1: A field needs something to compare with, such as $.name = "x" or key:x.',
  ],
  ['$.name =', 8, 1, 'Character 9: There is nothing behind = to compare with.'],
  ['$..name = 1', 1, 1, 'Character 2: A dot needs the name of a property behind it.'],
  [
    '$.a[b] = 1',
    3,
    1,
    'Character 4: Between brackets stands a number, * or a name in quotes, such as ["name"].',
  ],
  ['""', 0, 2, 'Character 1: There is nothing between the quotes.'],
  ['-', 0, 1, 'Character 1: A minus needs something behind it that must not be there.'],
])('says what is wrong with %j, and where', (query, at, length, message) => {
  expect(parseSearchQuery(query)).toEqual({ ok: false, message, at, length })
})

it('takes at most 20 terms', () => {
  const words = (count: number) => Array.from({ length: count }, () => 'x').join(' ')
  expect(parseSearchQuery(words(20)).ok).toBe(true)
  expect(parseSearchQuery(words(21))).toMatchObject({ ok: false })
})
