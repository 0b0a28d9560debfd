import { expect, test } from 'vitest'
import { brokerLimits, clusterLimits, limitNamesProblem, limitsOf } from './limits.ts'

test('a cluster has the limits of its type, and those it was given in their place', () => {
  expect(limitsOf('BASIC')).toEqual({
    partitions: 1500,
    apiKeys: 50,
    connections: 1000,
    messageBytes: 8_388_608,
    connectorTasks: 250,
    tasksPerConnector: 1,
  })
  expect(limitsOf('STANDARD')).toMatchObject({
    partitions: 2500,
    apiKeys: 100,
    connections: 10_000,
  })
  expect(limitsOf('BASIC', { partitions: 100_000 })).toMatchObject({
    partitions: 100_000,
    apiKeys: 50,
  })
  expect(limitsOf('BASIC', { partitions: 0 }).partitions).toBe(0)
})

test('every limit of a cluster has a value for it', () => {
  expect(Object.keys(limitsOf('BASIC')).sort()).toEqual(Object.keys(clusterLimits).sort())
})

test('every limit says why', () => {
  for (const limit of [...Object.values(clusterLimits), ...Object.values(brokerLimits)]) {
    expect(limit.reason).toMatch(/\.$/)
    expect(limit.label).not.toBe('')
  }
})

test('only limits that there are can be set', () => {
  expect(limitNamesProblem({ partitions: 1, apiKeys: 2 })).toBeNull()
  expect(limitNamesProblem({ partitions: 1, toString: 2 })).toBe(
    "There is no limit 'toString'; there are partitions, apiKeys, connections, messageBytes, connectorTasks, tasksPerConnector.",
  )
})
