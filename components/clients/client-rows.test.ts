import { expect, test } from 'vitest'
import type { ClientsView } from '../../lib/queries/clients.ts'
import { clientsCsv, findClients, listedClients, quietClients } from './client-rows.ts'

type Client = ClientsView['clients'][number]

const nothing: Client = {
  ...{ clientId: '', isOther: false, connections: 1, rates: null, topicsIn: [], topicsOut: [] },
  sparklines: { production: [], consumption: [] },
  ...{ software: [], groups: [], assignedTopics: [] },
}

function rates(production: number, consumption: number): NonNullable<Client['rates']> {
  return {
    productionBytesPerSecond: production,
    consumptionBytesPerSecond: consumption,
    recordsInPerSecond: production / 10,
    recordsOutPerSecond: consumption / 10,
  }
}

const view: ClientsView = {
  takenMs: 1,
  connections: [],
  clients: [
    { ...nothing, clientId: 'slow', topicsIn: ['orders'], rates: rates(1, 0) },
    { ...nothing, clientId: 'both', topicsIn: ['orders'], rates: rates(20, 30), groups: ['a'] },
    { ...nothing, clientId: 'waiting', groups: ['b'], assignedTopics: ['rides'] },
    { ...nothing, clientId: 'admin', rates: rates(0, 0) },
  ],
}

test('who writes and reads stands in both lists, the busiest first', () => {
  expect(listedClients(view, 'producers').map(({ clientId }) => clientId)).toEqual(['both', 'slow'])
  expect(listedClients(view, 'consumers').map(({ clientId }) => clientId)).toEqual([
    'both',
    'waiting',
  ])
  expect(quietClients(view).map(({ clientId }) => clientId)).toEqual(['admin'])
})

test('a member that has read nothing yet shows the topics it was given, and no rate', () => {
  expect(listedClients(view, 'consumers')[1]).toMatchObject({
    topics: ['rides'],
    bytesPerSecond: null,
  })
})

test('clients are found by topic and group too', () => {
  const consumers = listedClients(view, 'consumers')
  expect(findClients(consumers, 'RIDES')).toHaveLength(1)
  expect(findClients(consumers, ' a ').map(({ clientId }) => clientId)).toContain('both')
  expect(findClients(consumers, 'nobody')).toEqual([])
})

test('what needs quotes has them in CSV, and what is not known is empty', () => {
  const [one] = listedClients(view, 'consumers')
  if (one === undefined) throw new Error('There is no consumer')
  const odd = { ...one, clientId: 'a "b", c', bytesPerSecond: null }
  expect(clientsCsv([odd], 'consumers').split('\r\n')[1]).toBe('"a ""b"", c",,,3,,a,1')
})
