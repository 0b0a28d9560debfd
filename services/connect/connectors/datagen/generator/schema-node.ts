// A parsed schema as the generator, the JSON writer and the key writer walk it: Avro's types with
// names resolved and `arg.properties` read. Records may contain themselves.

import type { RegexText } from './regex/regex-text.ts'

/**
 * A value of a schema. Records are the values of their fields in order; a decimal is its unscaled
 * value; a long is a bigint, because it has more digits than a double keeps.
 */
export type GeneratedValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly GeneratedValue[]
  | ReadonlyMap<string, GeneratedValue>
  | UnionValue

export interface UnionValue {
  /** Which branch of the union was chosen. */
  readonly branch: number
  readonly value: GeneratedValue
}

export interface LengthBounds {
  readonly min: number
  /** Exclusive. */
  readonly max: number
}

/** Values that follow each other. `index` is its place among the counters of a generator. */
export interface Iteration {
  readonly index: number
  /** The value number n, counted from 0: a pure function, so that going on needs no history. */
  valueAt(n: number): GeneratedValue
}

/** How a text is made, where it is neither an option nor an iteration. */
export interface TextRecipe {
  readonly prefix: string
  readonly suffix: string
  /** Null: random 7-bit characters. */
  readonly regex: RegexText | null
  readonly length: LengthBounds
}

interface Common {
  /** One of these, where there are any: `options`. */
  options: readonly GeneratedValue[] | null
  iteration: Iteration | null
  /** The bytes of JSON that its smallest value takes; see weights.ts. */
  weightMin: number
}

/** What a node has before its annotations and weight are known. */
export function unannotated(): { options: null; iteration: null; weightMin: number } {
  return { options: null, iteration: null, weightMin: Number.POSITIVE_INFINITY }
}

/** What Java makes of an int or long: a Date prints otherwise as a key. */
export type JavaDate = 'date' | 'time' | 'timestamp' | null

export interface NullNode extends Common {
  readonly type: 'null'
}
export interface BooleanNode extends Common {
  readonly type: 'boolean'
  /** How likely true is. */
  readonly odds: number
}
export interface IntNode extends Common {
  readonly type: 'int'
  readonly min: number
  /** Exclusive. */
  readonly max: number
  readonly javaDate: JavaDate
}
export interface LongNode extends Common {
  readonly type: 'long'
  readonly min: bigint
  /** Exclusive. */
  readonly max: bigint
  readonly javaDate: JavaDate
}
export interface FloatNode extends Common {
  readonly type: 'float' | 'double'
  readonly min: number
  /** Exclusive. */
  readonly max: number
}
export interface DecimalNode extends Common {
  readonly type: 'decimal'
  readonly scale: number
  /** Unscaled. */
  readonly min: bigint
  /** Unscaled, exclusive. */
  readonly max: bigint
}
export interface StringNode extends Common {
  readonly type: 'string'
  readonly text: TextRecipe
}
export interface BytesNode extends Common {
  readonly type: 'bytes'
  readonly length: LengthBounds
}
export interface EnumNode extends Common {
  readonly type: 'enum'
  readonly symbols: readonly string[]
}
export interface ArrayNode extends Common {
  readonly type: 'array'
  readonly items: SchemaNode
  readonly length: LengthBounds
}
export interface MapNode extends Common {
  readonly type: 'map'
  readonly keys: TextRecipe
  readonly keyOptions: readonly string[] | null
  readonly values: SchemaNode
  readonly length: LengthBounds
}
export interface RecordNode extends Common {
  readonly type: 'record'
  /** With its namespace. */
  readonly name: string
  /** Filled while the schema is read: a record may contain itself. */
  readonly fields: { readonly name: string; readonly node: SchemaNode }[]
}
export interface UnionNode extends Common {
  readonly type: 'union'
  readonly branches: readonly SchemaNode[]
}

export type SchemaNode =
  | NullNode
  | BooleanNode
  | IntNode
  | LongNode
  | FloatNode
  | DecimalNode
  | StringNode
  | BytesNode
  | EnumNode
  | ArrayNode
  | MapNode
  | RecordNode
  | UnionNode

/** A schema that records can be made of. */
export interface GeneratorSchema {
  readonly root: RecordNode
  /** How many iterations it has. */
  readonly iterationCount: number
  /** Whether each iteration moves by exactly one a record, so that the record's number tells it. */
  readonly iteratesOnceARecord: boolean
}
