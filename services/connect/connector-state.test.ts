import { expect, it } from 'vitest'
import { connectorStateOf } from './connector-state.ts'

it.each([
  ['running', ['RUNNING', 'RUNNING'], 'RUNNING'],
  ['running', ['RUNNING', 'STOPPED'], 'PROVISIONING'],
  ['running', ['STOPPED'], 'PROVISIONING'],
  ['running', [], 'PROVISIONING'],
  ['running', ['FAILED', 'RUNNING'], 'DEGRADED'],
  ['running', ['FAILED', 'STOPPED'], 'DEGRADED'],
  ['running', ['FAILED', 'FAILED'], 'FAILED'],
  ['paused', ['PAUSED'], 'PAUSED'],
  ['paused', ['FAILED'], 'PAUSED'],
] as const)('%s with tasks %j is %s', (desired, tasks, state) => {
  expect(connectorStateOf(desired, tasks)).toBe(state)
})
