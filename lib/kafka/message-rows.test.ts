import { expect, test } from 'vitest'
import { previewBytes, toMessageRow, toPayload } from './message-rows.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

test('null, empty and text stay apart', () => {
  expect(toPayload(null, 10)).toBeNull()
  expect(toPayload(utf8(''), 10)).toEqual({ form: 'text', text: '', sizeBytes: 0, isWhole: true })
  expect(toPayload(utf8('ü'), 10)).toEqual({ form: 'text', text: 'ü', sizeBytes: 2, isWhole: true })
})

test('a beginning ends before a character that was cut', () => {
  expect(toPayload(utf8('aü'), 2)).toEqual({
    form: 'text',
    text: 'a',
    sizeBytes: 3,
    isWhole: false,
  })
})

test.each([
  ['an int32', new Uint8Array([0, 0, 0, 5]), '00000005'],
  ['broken UTF-8', new Uint8Array([0x61, 0xff]), '61ff'],
  ['a character cut off at the very end', new Uint8Array([0x61, 0xc3]), '61c3'],
])('%s is shown in digits', (_, bytes, digits) => {
  expect(toPayload(bytes, 10)).toMatchObject({ form: 'hex', text: digits })
})

test('a byte order mark, tabs and line ends are text and are kept', () => {
  expect(toPayload(utf8('\ufeffa\t\r\n'), 20)?.text).toBe('\ufeffa\t\r\n')
})

test('a row is bounded, whatever the record holds', () => {
  const big = new Uint8Array(100_000).fill(0x61)
  const row = toMessageRow({
    partition: 1,
    offset: 7,
    timestampMs: 5,
    timestampType: 'CreateTime',
    key: big,
    value: big,
    headers: Array.from({ length: 1000 }, (_, i) => ({ key: `h${i}`, value: big })),
  })
  expect(row.value).toMatchObject({ sizeBytes: 100_000, isWhole: false })
  expect(row.headers).toHaveLength(previewBytes.headersMax)
  expect(JSON.stringify(row).length).toBeLessThan(20_000)
})
