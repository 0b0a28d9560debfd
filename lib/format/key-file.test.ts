import { expect, test } from 'vitest'
import { keyFileName, keyFileText } from './key-file.ts'

test('the key file is laid out as Confluent’s', () => {
  const key = 'ABCDEFGHIJKLMN23'
  const text = keyFileText('lkc-0595zp', {
    key,
    secret: 's3cret',
    bootstrapServer: 'localhost:9092',
  })
  expect(text.split('\n')).toEqual([
    '=== Confluent Cloud API key: lkc-0595zp ===',
    '',
    'API key:',
    key,
    '',
    'API secret:',
    's3cret',
    '',
    'Bootstrap server:',
    'localhost:9092',
    '',
  ])
  expect(keyFileName(key)).toBe('api-key-ABCDEFGHIJKLMN23.txt')
})
