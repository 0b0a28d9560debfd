import { expect, test } from 'vitest'
import { authorizedOperations } from './acl-operations.ts'

test('the bits are those of the numbers of the operations', () => {
  expect(authorizedOperations('TOPIC')).toBe(0b1101_1111_1000)
  expect(authorizedOperations('GROUP')).toBe(0b1_0100_1000)
  expect(authorizedOperations('CLUSTER')).toBe(0b1_1101_1010_0000)
})
