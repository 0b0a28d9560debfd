import { expect, it } from 'vitest'
import {
  type ClientCounters,
  clientKey,
  clientsMax,
  createClientCounters,
  otherClients,
  recentMs,
} from './client-counters.ts'

const transfer = { topicId: 'rides', bytes: 100, records: 2 }

function produceAs(clients: ClientCounters, count: number, { prefix = 'client', nowMs = 0 } = {}) {
  for (let n = 0; n < count; n++) clients.produced(`${prefix}-${n}`, transfer, nowMs)
}

it('counts what each client moved, and which topics it used', () => {
  const clients = createClientCounters()
  clients.produced('orders', transfer, 10)
  clients.produced('orders', { ...transfer, topicId: 'other' }, 20)
  clients.fetched(null, transfer, 30)
  expect(clients.byClientId.get('orders')).toMatchObject({
    counters: { bytesIn: 200, recordsIn: 4, bytesOut: 0, recordsOut: 0 },
    producedMs: new Map([
      ['rides', 10],
      ['other', 20],
    ]),
  })
  expect(clients.byClientId.get('')).toMatchObject({ counters: { bytesOut: 100, recordsOut: 2 } })
})

it('keeps 200 clients whatever ids are invented, and loses nothing of the sum', () => {
  const clients = createClientCounters()
  produceAs(clients, 10_000)
  expect(clients.byClientId.size).toBe(clientsMax + 1)
  const sum = [...clients.byClientId.values()].reduce(
    (all, { counters }) => all + counters.bytesIn,
    0,
  )
  expect(sum).toBe(10_000 * transfer.bytes)
  expect(clients.byClientId.get(otherClients)?.counters.recordsIn).toBe(2 * (10_000 - clientsMax))
})

it('gives the place of a client that has been silent for long to another', () => {
  const clients = createClientCounters()
  produceAs(clients, clientsMax)
  clients.produced('client-0', transfer, 5)
  produceAs(clients, 1, { prefix: 'early', nowMs: recentMs - 1 })
  expect(clients.byClientId.has('early-0')).toBe(false)
  produceAs(clients, 2, { prefix: 'late', nowMs: recentMs })
  expect(clients.byClientId.has('late-1')).toBe(true)
  expect(clients.byClientId.has('client-0')).toBe(true)
  expect(clients.byClientId.size).toBe(clientsMax + 1)
})

it('remembers 50 topics of a client, and those it no longer uses make room', () => {
  const clients = createClientCounters()
  const fetchTopics = (count: number, nowMs: number, prefix = 'topic') => {
    for (let n = 0; n < count; n++) {
      clients.fetched('reader', { topicId: `${prefix}-${n}`, bytes: 0, records: 0 }, nowMs)
    }
  }
  fetchTopics(10_000, 0)
  expect(clients.byClientId.get('reader')?.fetchedMs.size).toBe(50)
  fetchTopics(1, recentMs, 'late')
  const kept = clients.byClientId.get('reader')?.fetchedMs
  expect(kept?.has('late-0')).toBe(true)
  expect(kept?.size).toBe(50)
})

it('shortens ids that nobody could read', () => {
  expect(clientKey('a\0b')).toBe('a\uFFFDb')
  expect(clientKey('x'.repeat(200))).toBe('x'.repeat(200))
  expect(clientKey('x'.repeat(30_000))).toBe(`${'x'.repeat(199)}…`)
})
