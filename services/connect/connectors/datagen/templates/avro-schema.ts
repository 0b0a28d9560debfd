// What a template is made of: Avro's JSON form of a schema, as far as the templates use it, with
// the `arg.properties` that say how values are made. An annotation sits on a schema, never on a
// field. The parser in ../generator reads the same text that a user would paste.

export interface DatagenTemplate {
  /** The value of `quickstart`: upper case, as Confluent lists it. */
  readonly id: string
  readonly title: string
  /** One plain sentence for the tile. */
  readonly description: string
  /** The field that becomes the record's key unless `schema.keyfield` names another. */
  readonly keyField: string | null
  readonly schema: AvroSchemaJson
}

/** Every template is a record. */
export type AvroSchemaJson = AvroRecord

export interface AvroRecord {
  readonly type: 'record'
  readonly namespace?: string
  readonly name: string
  readonly doc?: string
  readonly fields: readonly AvroField[]
  readonly 'arg.properties'?: ArgProperties<Row>
}

export interface AvroField {
  readonly name: string
  readonly doc?: string
  readonly type: AvroType
}

export type AvroType = Primitive | AvroPrimitive | AvroArray | AvroMap | AvroRecord

type Primitive = 'string' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'boolean'

interface AvroPrimitive {
  readonly type: Primitive
  readonly logicalType?: 'date' | 'timestamp-millis' | 'decimal'
  /** Digits of a decimal in all, and after the point. */
  readonly precision?: number
  readonly scale?: number
  readonly 'arg.properties'?: ArgProperties<string | number>
}

interface AvroArray {
  readonly type: 'array'
  readonly items: AvroType
  readonly 'arg.properties'?: ArgProperties<readonly string[]>
}

interface AvroMap {
  readonly type: 'map'
  readonly values: AvroType
  readonly 'arg.properties'?: ArgProperties<Row>
}

/** How values of a schema are made; at most one of options, iteration, regex and range. */
interface ArgProperties<Option> {
  /** One of these, each as likely as the others; one that stands twice is twice as likely. */
  readonly options?: readonly Option[]
  /** The first record has `start`, each next one `step` (1 if unsaid) more. */
  readonly iteration?: { readonly start: number; readonly step?: number }
  /** From `min` up to, but without, `max`. */
  readonly range?: Range
  readonly regex?: string
  /** How many elements: from `min` up to, but without, `max`. */
  readonly length?: Range
}

export interface Range {
  readonly min: number
  readonly max: number
}

/** A whole record or map, for templates that choose among fixed ones. */
export type Row = Readonly<Record<string, string | number>>
