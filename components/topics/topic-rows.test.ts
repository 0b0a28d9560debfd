import { expect, test } from 'vitest'
import {
  type FiguresByName,
  findTopics,
  nextOrder,
  orderText,
  parseOrder,
  sortTopics,
  topicRows,
  topicsCsv,
} from './topic-rows.ts'

const rows = topicRows([
  ['__consumer_offsets', 50, 1],
  ['boats', 6, 0],
  ['Rides', 2, 0],
  ['zebra', 6, 0],
])
const rates = (productionBytesPerSecond: number, consumptionBytesPerSecond: number) => ({
  productionBytesPerSecond,
  consumptionBytesPerSecond,
  recordsInPerSecond: 0,
})
const figures: FiguresByName = {
  boats: { rates: rates(0, 5), storedBytes: 10, partitions: 6 },
  Rides: { rates: rates(826, 0), storedBytes: 8, partitions: 2 },
}
const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
const visible = findTopics(rows, { search: '', showsInternal: false })

test('internal topics are hidden until they are wanted, in searches too', () => {
  expect(namesOf(visible)).toEqual(['boats', 'Rides', 'zebra'])
  expect(findTopics(rows, { search: 'consumer', showsInternal: false })).toEqual([])
  expect(namesOf(findTopics(rows, { search: ' RID ', showsInternal: true }))).toEqual(['Rides'])
})

test('what was not measured comes last, whichever way round', () => {
  const by = (column: 'production' | 'retained', direction: 'ascending' | 'descending') =>
    namesOf(sortTopics(visible, { column, direction }, figures))
  expect(by('production', 'descending')).toEqual(['Rides', 'boats', 'zebra'])
  expect(by('production', 'ascending')).toEqual(['boats', 'Rides', 'zebra'])
  expect(by('retained', 'descending')).toEqual(['boats', 'Rides', 'zebra'])
})

test('what is equal is in order of names', () => {
  const order = { column: 'partitions', direction: 'descending' } as const
  expect(namesOf(sortTopics(visible, order, figures))).toEqual(['boats', 'zebra', 'Rides'])
})

test('an order survives the address', () => {
  for (const text of ['-name', 'production', '-production', '-retained']) {
    expect(orderText(parseOrder(text))).toBe(text)
  }
  expect(orderText(parseOrder(undefined))).toBeUndefined()
  expect(orderText(parseOrder('-nonsense'))).toBeUndefined()
  expect(nextOrder(parseOrder(undefined), 'production')).toEqual(parseOrder('-production'))
  expect(nextOrder(parseOrder('-production'), 'production')).toEqual(parseOrder('production'))
})

test('the file holds what the table shows, and nothing where nothing was measured', () => {
  expect(topicsCsv(visible, figures).split('\r\n')).toEqual([
    'topic,partitions,production_bytes_per_second,consumption_bytes_per_second,retained_bytes,consumers',
    'boats,6,0,5,10,0',
    'Rides,2,826,0,8,0',
    'zebra,6,,,,',
    '',
  ])
})

test('topics come and go with the samples, and one that is too new for them stays', () => {
  const sent = [
    ['boats', 6, 0],
    ['deleted', 1, 0],
    ['just-made', 1, 0],
  ] as const
  const now: FiguresByName = {
    boats: { rates: null, storedBytes: 0, partitions: 8 },
    _made_elsewhere: { rates: null, storedBytes: 0, partitions: 3 },
  }
  expect(topicRows(sent, now, new Set(['boats', 'deleted']))).toEqual([
    { name: 'boats', partitionCount: 8, isInternal: false },
    { name: 'just-made', partitionCount: 1, isInternal: false },
    { name: '_made_elsewhere', partitionCount: 3, isInternal: true },
  ])
})
