import { expect, test } from 'vitest'
import { assignmentText } from './assignment.ts'

const at = (topic: string, ...partitions: number[]) =>
  partitions.map((partition) => ({ topic, partition }))

test.each([
  [at('rides', 0), 'rides 0'],
  [at('rides', 1, 0), 'rides 0, 1'],
  [at('rides', 5, 0, 1, 2), 'rides 0–2, 5'],
  [[...at('rides', 3), ...at('orders', 1, 2)], 'orders 1, 2; rides 3'],
])('%j reads as %s', (assigned, text) => {
  expect(assignmentText(assigned)).toBe(text)
})
