import { expect, test } from 'vitest'
import { programLines, syntaxOf } from './program-tokens.ts'
import { clientLanguages } from './snippets/languages.ts'
import type { ProgramInput } from './snippets/program.ts'

const input: ProgramInput = {
  bootstrap: 'localhost:9092',
  protocol: 'SASL_SSL',
  key: 'TESTKEY234567ABC',
  secret: 'a # "secret" // of \\ the river',
  topic: 'orders',
  clusterId: 'lkc-abc123',
  restUrl: 'http://localhost:3000',
}

const files = clientLanguages.flatMap(({ libraries }) =>
  libraries.flatMap(({ id, configuration, producer, consumer, topic, beside }) =>
    [
      ...[configuration, producer, consumer, topic].flatMap((make) => make?.(input) ?? []),
      ...(beside?.(input) ?? []),
    ].map((file) => ({ library: id, ...file })),
  ),
)

test.each(files)('the words of $library, $name, are its text', ({ name, text }) => {
  const lines = programLines(text, syntaxOf(name))
  expect(lines.map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(
    text.replace(/\n$/, ''),
  )
})

test('a comment, a text, a number and a keyword are told apart', () => {
  const [line] = programLines('for order in range(1, 11):  # "ten" orders', 'hash')
  expect(line?.filter(({ kind }) => kind !== 'plain')).toEqual([
    { kind: 'keyword', text: 'for' },
    { kind: 'keyword', text: 'in' },
    { kind: 'keyword', text: 'range' },
    { kind: 'number', text: '1' },
    { kind: 'number', text: '11' },
    { kind: 'comment', text: '# "ten" orders' },
  ])
})

test('what begins a comment inside a text does not', () => {
  const [line] = programLines('x = "a # b"', 'hash')
  expect(line?.map(({ kind }) => kind)).toEqual(['plain', 'string'])
})
