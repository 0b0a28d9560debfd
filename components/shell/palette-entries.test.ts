import { expect, test } from 'vitest'
import { findEntries, type PaletteSources, paletteEntries } from './palette-entries.ts'

const sources: PaletteSources = {
  pathname: '/environments/env-1/clusters/lkc-1/topics',
  bootstrap: 'localhost:9092',
  recent: [],
  places: [
    {
      envId: 'env-1',
      name: 'default',
      clusters: [
        { clusterId: 'lkc-1', name: 'rides', state: 'running' },
        { clusterId: 'lkc-2', name: 'homework', state: 'running' },
      ],
    },
  ],
  targets: {
    topics: ['rides', 'rides_fhv'],
    connectors: ['OrdersConnector'],
    apiKeys: [{ key: 'ABC', description: 'laptop' }],
  },
}

const textsOf = (text: string) => findEntries(paletteEntries(sources), text).map((e) => e.text)

test('every word has to occur, in the name or in where it lies', () => {
  expect(textsOf('create top')).toEqual(['Create topic…'])
  expect(textsOf('home default')).toEqual(['homework'])
  expect(textsOf('laptop')).toEqual(['ABC'])
  expect(textsOf('nothing like it')).toEqual([])
})

test('a topic comes before a cluster of the same name', () => {
  expect(textsOf('rides').slice(0, 2)).toEqual(['rides', 'rides_fhv'])
  expect(textsOf('clusters rides')).toEqual(['rides'])
})

test('without a text a few topics stand for thousands', () => {
  const many = {
    topics: Array.from({ length: 20 }, (_, i) => `t${i}`),
    connectors: [],
    apiKeys: [],
  }
  const entries = paletteEntries({ ...sources, targets: many })
  const shown = (text: string) => findEntries(entries, text).filter((e) => e.group === 'Topics')
  expect(shown('')).toHaveLength(4)
  expect(shown('t1')).toHaveLength(11)
})

test('ids are all different, as lists need', () => {
  const ids = paletteEntries(sources).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('outside a cluster there is nothing of one', () => {
  const entries = paletteEntries({ ...sources, pathname: '/home', targets: null })
  const texts = findEntries(entries, '').map(({ text }) => text)
  expect(texts).not.toContain('Create topic…')
  expect(texts).not.toContain('Copy cluster ID')
  expect(texts).toContain('Copy bootstrap server')
})

test('on a topic’s pages its other pages come first', () => {
  const pathname = '/environments/env-1/clusters/lkc-1/topics/rides/config'
  const found = findEntries(paletteEntries({ ...sources, pathname }), '')
  expect(found.slice(0, 3).map(({ text }) => text)).toEqual([
    'Overview',
    'Messages',
    'Configuration',
  ])
})

test('what was seen comes first, but this page does not, and nothing twice once it is named', () => {
  const recent = [
    { href: sources.pathname, text: 'Topics', detail: 'rides' },
    { href: '/environments/env-1/clusters/lkc-2/api-keys', text: 'API Keys', detail: 'homework' },
    { href: '/home', text: 'Home', detail: '' },
  ]
  const entries = paletteEntries({ ...sources, recent })
  const groupOf = (text: string, name: string) =>
    findEntries(entries, text)
      .filter((entry) => entry.text === name)
      .map(({ group }) => group)
  expect(findEntries(entries, '').filter(({ group }) => group === 'Recent')).toHaveLength(2)
  expect(groupOf('home', 'Home')).toEqual(['Go to'])
  expect(groupOf('keys homework', 'API Keys')).toEqual(['Recent'])
})
