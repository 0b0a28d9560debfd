import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCsvReader } from './csv-rows.ts'
import { csvColumns, recordOfCells, recordOfLine, toCsvLine, toJsonLine } from './message-lines.ts'
import type { MessageRow, Payload } from './messages.ts'

/** Text as it is, bytes as digits, as the console reads records. */
const payload: fc.Arbitrary<Payload | null> = fc.oneof(
  fc.constant(null),
  fc
    .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a,"b"\r\n', '', '=1+1', '<b>', '\ufeff'))
    .map((text) => ({ form: 'text' as const, text, sizeBytes: 1, isWhole: true })),
  fc.uint8Array({ minLength: 1 }).map((bytes) => ({
    form: 'hex' as const,
    text: Buffer.from(bytes).toString('hex'),
    sizeBytes: bytes.length,
    isWhole: true,
  })),
)
const rows: fc.Arbitrary<MessageRow> = fc.record({
  partition: fc.nat(),
  offset: fc.nat(),
  timestampMs: fc.nat(),
  timestampType: fc.constant('CreateTime' as const),
  key: payload,
  value: payload,
  headers: fc.array(fc.record({ name: fc.string({ unit: 'binary' }), value: payload })),
})

function inForm(part: Payload | null) {
  if (part === null) return { form: 'null', text: '' }
  return { form: part.form === 'hex' ? 'hex' : 'string', text: part.text }
}
function expected(row: MessageRow) {
  return {
    key: inForm(row.key),
    value: inForm(row.value),
    headers: row.headers.map(({ name, value }) => {
      const { form, text } = inForm(value)
      return { name, value: text, form }
    }),
  }
}

test('a record that was exported is the same record when it is read, as NDJSON and as CSV', () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 4 }), fc.nat(40), (exported, cut) => {
      expect(exported.map((row) => recordOfLine(toJsonLine(row)))).toEqual(exported.map(expected))
      const file = `${[csvColumns.join(','), ...exported.map(toCsvLine)].join('\r\n')}\r\n`
      const reader = createCsvReader()
      const [head, ...cells] = [
        ...reader.push(file.slice(0, cut)),
        ...reader.push(file.slice(cut)),
        ...reader.end(),
      ]
      const names = head?.map(({ text }) => text) ?? []
      expect(cells.map((row) => recordOfCells(names, row))).toEqual(exported.map(expected))
    }),
  )
})

test('any other JSON is a value, digit for digit', () => {
  const line = '{"value":9007199254740993,"key":{"a":0.1000000000000000055511151}}'
  expect(recordOfLine(line)?.value).toEqual({ form: 'string', text: line })
  expect(recordOfLine('[1]')?.value.text).toBe('[1]')
  expect(recordOfLine('no json')).toBeNull()
})

test('a table without a column named value is one object per row', () => {
  const reader = createCsvReader()
  const [head, row] = [...reader.push('city,zip\nPalo Alto,"94,301"'), ...reader.end()]
  const record = recordOfCells(head?.map(({ text }) => text) ?? [], row ?? [])
  expect(record.value.text).toBe('{"city":"Palo Alto","zip":"94,301"}')
  expect(record.key.form).toBe('null')
})
