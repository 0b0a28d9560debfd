import { expect, it } from 'vitest'
import { ReadPositions } from './read-positions.ts'

const record = (offset: number, producer: string, number: number) => {
  return { offset, value: Buffer.from(`${producer}|${number}|rest`) }
}
const positions = () => new ReadPositions((topic) => topic === 'compacted')

it('finds nothing where everything follows, whatever is read twice', () => {
  const group = positions()
  expect(group.take('t', 0, [record(5, 'a', 2), record(6, 'b', 0), record(7, 'a', 3)])).toEqual([])
  expect(group.take('t', 0, [record(6, 'b', 0), record(7, 'a', 3), record(8, 'a', 4)])).toEqual([])
  expect(group.take('t', 1, [record(0, 'a', 0)])).toEqual([])
  expect(group.records).toBe(5)
})

it('names a gap, after which numbers begin anew', () => {
  const group = positions()
  group.take('t', 0, [record(0, 'a', 0), record(1, 'b', 0)])
  expect(group.take('t', 0, [record(4, 'a', 7), record(5, 'b', 9), record(6, 'b', 10)])).toEqual([
    { kind: 'gap', partition: 't-0', from: 2, to: 4 },
  ])
})

it('finds a record in the place of another one, and one that is there twice', () => {
  const group = positions()
  group.take('t', 0, [record(0, 'a', 0)])
  expect(group.take('t', 0, [record(1, 'a', 2)])).toMatchObject([{ kind: 'problem' }])
  expect(group.take('t', 0, [record(2, 'a', 2)])).toMatchObject([{ kind: 'problem' }])
})

it('finds offsets that go back within what was fetched', () => {
  expect(positions().take('t', 0, [record(3, 'a', 0), record(2, 'b', 0)])).toMatchObject([
    { kind: 'problem' },
  ])
})

it('expects gaps in a compacted topic', () => {
  const group = positions()
  expect(group.take('compacted', 0, [record(0, 'a', 0), record(9, 'a', 5)])).toEqual([])
})
