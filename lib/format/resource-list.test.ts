import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readResourceList, writeResourceList } from './resource-list.ts'

test('any names survive the way through an address', () => {
  const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }))
  fc.assert(
    fc.property(names, (resources) => {
      const query = new URLSearchParams({ r: writeResourceList(resources) })
      expect(readResourceList(new URLSearchParams(query.toString()).get('r'))).toEqual(resources)
    }),
  )
})

test('an address that somebody changed by hand breaks nothing', () => {
  expect(readResourceList('topic%3Aa,%E0%A4%A,,topic%3Ab')).toEqual(['topic:a', 'topic:b'])
  expect(readResourceList(null)).toEqual([])
})
