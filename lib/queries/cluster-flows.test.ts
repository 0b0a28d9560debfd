import { expect, test } from 'vitest'
import type { ClientNow } from '../../broker/rules/services-control.ts'
import { flowsOf } from './cluster-flows.ts'

function client(clientId: string, produced: number | null, consumed: number | null): ClientNow {
  return {
    clientId,
    isOther: false,
    connections: 1,
    rates: {
      productionBytesPerSecond: produced ?? 0,
      consumptionBytesPerSecond: consumed ?? 0,
      recordsInPerSecond: 0,
      recordsOutPerSecond: 0,
    },
    topicsIn: produced === null ? [] : ['rides'],
    topicsOut: consumed === null ? [] : ['rides'],
    sparklines: { production: [], consumption: [] },
  }
}

test('who only reads does not produce, and who is still stays while it is remembered', () => {
  const flows = flowsOf([client('reader', null, 12), client('writer', 0, null)], [])
  expect(flows).toEqual({
    producing: [{ name: 'writer', bytesPerSecond: 0 }],
    consuming: [{ name: 'reader', bytesPerSecond: 12 }],
  })
})

test('connectors have their own names, and nobody’s name is empty', () => {
  const clients = [client('connector-producer-lcc-abc12-0', 5, null), client('', 3, null)]
  const { producing } = flowsOf(clients, [{ id: 'lcc-abc12', name: 'Orders' }])
  expect(producing.map(({ name }) => name)).toEqual(['Orders', 'Unnamed client'])
})

test('of many the largest are named, and the others are one with all that is theirs', () => {
  const clients = Array.from({ length: 9 }, (_, i) => client(`c${i}`, i, null))
  const { producing } = flowsOf(clients, [])
  expect(producing.map(({ name }) => name)).toEqual(['c8', 'c7', 'c6', '6 others'])
  expect(producing.at(-1)?.bytesPerSecond).toBe(0 + 1 + 2 + 3 + 4 + 5)
})
