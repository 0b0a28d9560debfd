// A generated value fits the node that it was made for, which its type alone does not tell. These
// say so where values are read again.

import type { GeneratedValue, UnionValue } from './schema-node.ts'

export function bytesOf(value: GeneratedValue): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw mismatch('bytes')
}

export function bigintOf(value: GeneratedValue): bigint {
  if (typeof value === 'bigint') return value
  throw mismatch('a bigint')
}

/** The items of an array, or the values of a record's fields. */
export function itemsOf(value: GeneratedValue): readonly GeneratedValue[] {
  if (Array.isArray(value)) return value
  throw mismatch('a list')
}

export function entriesOf(value: GeneratedValue): ReadonlyMap<string, GeneratedValue> {
  if (value instanceof Map) return value
  throw mismatch('a map')
}

export function choiceOf(value: GeneratedValue): UnionValue {
  if (typeof value === 'object' && value !== null && 'branch' in value) return value
  throw mismatch('a value of a union')
}

function mismatch(expected: string): Error {
  return new Error(`A value of another schema was given: ${expected} was expected.`)
}
