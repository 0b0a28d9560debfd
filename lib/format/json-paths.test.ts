import { expect, test } from 'vitest'
import { jsonScalars } from './json-paths.ts'

test('every scalar has its path, and the digits that were written', () => {
  const text = `{"id":9007199254740993,"a":{"b":[1.10,{"c":null},"x"]},"odd name":true,"e":[],"z":{}}`
  expect([...jsonScalars(text)]).toEqual([
    ['$.id', '9007199254740993'],
    ['$.a.b[0]', '1.10'],
    ['$.a.b[1].c', 'null'],
    ['$.a.b[2]', '"x"'],
    ['$["odd name"]', 'true'],
  ])
})

test('lists of lists are counted apart', () => {
  expect([...jsonScalars('[[1,2],[3],4]').keys()]).toEqual([
    '$[0][0]',
    '$[0][1]',
    '$[1][0]',
    '$[2]',
  ])
})

test.each(['18', '"text"', 'no json', '{"cut":'])('%s has no paths', (text) => {
  expect(jsonScalars(text).size).toBe(0)
})
