// What is wrong with thousands of values, column by column, as sentences; none means all is well.
//
// Shares and means are checked to six standard deviations: a right generator fails that once in
// half a billion seeds, one that forgets an option or a range at once.

import type { ExpectedField, ExpectedFields, ExpectedScalar } from './expected-field.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

export function problemsOfRecords(
  records: readonly unknown[],
  fields: ExpectedFields,
  at: string,
): readonly string[] {
  const names = Object.keys(fields).join()
  const strange = records.find(
    (record) => !isRecord(record) || Object.keys(record).join() !== names,
  )
  if (strange !== undefined) return [`${at}: ${JSON.stringify(strange)} has not just ${names}`]
  return problemsOfColumns(records, fields, at)
}

export function distinctCount(values: readonly unknown[]): number {
  return new Set(values.map((value) => JSON.stringify(value))).size
}

/** The value at a path such as `source.ip`. */
export function valueAt(record: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((value, name) => (isRecord(value) ? value[name] : undefined), record)
}

function problemsOfColumns(records: readonly unknown[], fields: ExpectedFields, at: string) {
  return Object.entries(fields).flatMap(([name, field]) =>
    problemsOfColumn(
      records.map((record) => (isRecord(record) ? record[name] : undefined)),
      field,
      `${at}.${name}`,
    ),
  )
}

function problemsOfColumn(
  values: readonly unknown[],
  expected: ExpectedField,
  at: string,
): readonly string[] {
  if (expected.type === 'record') return problemsOfRecords(values, expected.fields, at)
  if (expected.type === 'map') {
    const names = Object.keys(expected.fields).sort().join()
    const strange = values.find(
      (value) => !isRecord(value) || Object.keys(value).sort().join() !== names,
    )
    return [
      ...(strange === undefined ? [] : [`${at}: ${JSON.stringify(strange)} has not just ${names}`]),
      ...problemsOfCount(distinctCount(values), expected.distinct, at),
      ...problemsOfColumns(values, expected.fields, at),
    ]
  }
  if (expected.type !== 'array') return problemsOfScalars(values, expected, at)
  if ('among' in expected) return problemsOfShares(values, expected.among, at)
  const items = values.flat()
  return [
    ...problemsOfShares(
      values.map((value) => (Array.isArray(value) ? value.length : value)),
      expected.lengths,
      `${at} (length)`,
    ),
    ...problemsOfCount(distinctCount(items), expected.items.rows, at),
    ...problemsOfRecords(items, expected.items.fields, `${at}[]`),
  ]
}

function problemsOfScalars(
  values: readonly unknown[],
  expected: ExpectedScalar,
  at: string,
): readonly string[] {
  const wanted = expected.type === 'string' ? 'string' : 'number'
  const strange = values.find(
    (value) =>
      typeof value !== wanted ||
      ((expected.type === 'int' || expected.type === 'long') && !Number.isSafeInteger(value)),
  )
  if (strange !== undefined) return [`${at}: ${JSON.stringify(strange)} is no ${expected.type}`]
  if ('first' in expected) return problemsOfIteration(values, expected, at)
  if ('among' in expected) return problemsOfShares(values, expected.among, at)
  if ('like' in expected) return problemsOfTexts(values.map(String), expected, at)
  const numbers = values.map(Number)
  if ('from' in expected) return problemsOfRange(numbers, expected, at)
  return [
    ...problemsOfCount(least(numbers), expected.least, `${at} (least)`),
    ...problemsOfCount(-least(numbers.map((number) => -number)), expected.most, `${at} (most)`),
  ]
}

function problemsOfIteration(
  values: readonly unknown[],
  { type, first, step }: { type: string; first: number; step: number },
  at: string,
): readonly string[] {
  const wrong = values.findIndex((value, index) => {
    const number = first + index * step
    return value !== (type === 'string' ? String(number) : number)
  })
  return wrong === -1 ? [] : [`${at}: record ${wrong} has ${JSON.stringify(values[wrong])}`]
}

function problemsOfRange(
  numbers: readonly number[],
  { type, from, below }: { type: string; from: number; below: number },
  at: string,
): readonly string[] {
  const outside = numbers.find((number) => number < from || number >= below)
  if (outside !== undefined) return [`${at}: ${outside} is not from ${from} up to ${below}`]
  const whole = type === 'int' || type === 'long'
  if (whole && below - from <= 200) {
    return problemsOfShares(
      numbers,
      Array.from({ length: below - from }, (_, index) => from + index),
      at,
    )
  }
  const span = below - from
  const mean = numbers.reduce((sum, number) => sum + (number - from) / span, 0) / numbers.length
  // One value in a span of one has a variance of 1/12; a step of whole numbers moves the mean.
  const tolerance = 6 / Math.sqrt(12 * numbers.length) + (whole ? 1 / span : 0)
  return [
    ...(Math.abs(mean - 0.5) <= tolerance ? [] : [`${at}: the mean is ${mean} of the range`]),
    ...(least(numbers) - from <= span / 100 ? [] : [`${at}: nothing near ${from}`]),
    ...(below + least(numbers.map((n) => -n)) <= span / 100
      ? []
      : [`${at}: nothing near ${below}`]),
    ...(whole || numbers.some((number) => !Number.isInteger(number))
      ? []
      : [`${at}: no fractions`]),
  ]
}

function problemsOfTexts(
  texts: readonly string[],
  { like, seen = [], distinct }: { like: RegExp; seen?: readonly RegExp[]; distinct?: number },
  at: string,
): readonly string[] {
  const strange = texts.find((text) => !like.test(text))
  return [
    ...(strange === undefined ? [] : [`${at}: ${JSON.stringify(strange)} is not like ${like}`]),
    ...seen
      .filter((form) => !texts.some((text) => form.test(text)))
      .map((form) => `${at}: none is like ${form}`),
    ...(distinct === undefined ? [] : problemsOfCount(new Set(texts).size, distinct, at)),
  ]
}

/** Each of the options as often as it stands there; nothing else. */
function problemsOfShares(
  values: readonly unknown[],
  options: readonly unknown[],
  at: string,
): readonly string[] {
  const expected = tally(options)
  const found = tally(values)
  const strange = [...found.keys()].find((value) => !expected.has(value))
  if (strange !== undefined) return [`${at}: ${strange} is none of ${options.length} options`]
  return [...expected].flatMap(([value, times]) => {
    const share = times / options.length
    const count = found.get(value) ?? 0
    const spread = Math.sqrt(values.length * share * (1 - share))
    return Math.abs(count - values.length * share) <= 6 * spread
      ? []
      : [`${at}: ${value} ${count}×`]
  })
}

function tally(values: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) {
    const text = JSON.stringify(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

function problemsOfCount(found: number, expected: number, at: string): readonly string[] {
  return found === expected ? [] : [`${at}: ${found} instead of ${expected}`]
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((smallest, number) => Math.min(smallest, number), Number.POSITIVE_INFINITY)
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
