import fc from 'fast-check'

const annotated = (type: string, properties: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  properties.map((given) => ({ type, 'arg.properties': given }))

const lengths = fc.oneof(
  fc.nat(3).map((length) => ({ length })),
  fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })).map(([min, more]) => ({
    length: { min, max: min + more },
  })),
)

const counts = fc.oneof(
  fc.record({ start: fc.integer({ min: -100, max: 100 }) }),
  fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 30 }))
    .map(([start, step, span]) => ({ start, step, restart: start + span })),
)

const iteration = fc.oneof(
  ...['int', 'long', 'float', 'double', 'string'].map((type) =>
    annotated(
      type,
      counts.map((iteration) => ({ iteration })),
    ),
  ),
  annotated(
    'boolean',
    fc.boolean().map((start) => ({ iteration: { start } })),
  ),
)

const options = fc.oneof(
  annotated(
    'string',
    fc.array(fc.string(), { minLength: 1, maxLength: 4 }).map((texts) => ({ options: texts })),
  ),
  annotated(
    'int',
    fc.array(fc.nat(), { minLength: 1, maxLength: 4 }).map((ints) => ({ options: ints })),
  ),
  annotated(
    'bytes',
    fc.array(fc.string(), { minLength: 1, maxLength: 4 }).map((texts) => ({ options: texts })),
  ),
)

const ranges = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 50 }))
  .map(([min, span]) => ({ range: { min, max: min + span } }))

const range = fc.oneof(...['int', 'long', 'float', 'double'].map((type) => annotated(type, ranges)))

const text = fc.oneof(
  annotated('string', lengths),
  annotated(
    'string',
    fc.constantFrom('[a-c]{0,2}x?', '\\d+', '(ab|c)*', 'Item_[1-9]').map((regex) => ({ regex })),
  ),
)

const decimal = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(5)).map(([precision, scale]) => ({
  type: 'bytes',
  logicalType: 'decimal',
  precision,
  scale: Math.min(scale, precision),
}))

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'),
  fc.constant({ type: 'boolean', 'arg.properties': { odds: 0.2 } }),
  iteration,
  options,
  range,
  text,
  decimal,
)

const { type } = fc.letrec<{ type: unknown; array: unknown; record: unknown }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    tie('array'),
    tie('record'),
    fc.oneof(iteration, tie('array'), tie('record')).map((branch) => ['null', branch]),
    fc.tuple(tie('type'), lengths).map(([values, given]) => ({
      type: 'map',
      values,
      'arg.properties': given,
    })),
  ),
  array: fc.tuple(tie('type'), lengths).map(([items, given]) => ({
    type: 'array',
    items,
    'arg.properties': given,
  })),
  record: fc.array(tie('type'), { minLength: 1, maxLength: 4 }).map(recordOf),
}))

/** Records of all types, nested, with annotations that are right. */
export const avroRecords: fc.Arbitrary<object> = fc
  .array(type, { minLength: 1, maxLength: 6 })
  .map((types) => named(recordOf(types)))

function recordOf(types: readonly unknown[]): object {
  return { type: 'record', fields: types.map((each, place) => ({ name: `f${place}`, type: each })) }
}

/** The schema with a name of its own for each record. */
function named(schema: object): object {
  let count = 0
  return JSON.parse(
    JSON.stringify(schema, (_name, value: unknown) =>
      typeof value === 'object' && value !== null && 'fields' in value
        ? { name: `r${count++}`, ...value }
        : value,
    ),
  )
}
