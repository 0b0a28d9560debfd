/** What is known of a template beforehand: a row of the tables beside this file. */
export interface ExpectedTemplate {
  /** Namespace and name of the record, where they are known. */
  readonly record?: string
  readonly key: string
  /** The template chooses among so many whole records. */
  readonly rows?: number
  readonly fields: ExpectedFields
}

export type ExpectedFields = Readonly<Record<string, ExpectedField>>

export type ExpectedField =
  | ExpectedScalar
  | { readonly type: 'record'; readonly fields: ExpectedFields }
  | { readonly type: 'map'; readonly fields: ExpectedFields; readonly distinct: number }
  | { readonly type: 'array'; readonly among: readonly (readonly string[])[] }
  | {
      readonly type: 'array'
      readonly lengths: readonly number[]
      readonly items: { readonly rows: number; readonly fields: ExpectedFields }
    }

export type ExpectedScalar = (
  | { readonly type: 'int' | 'long' | 'double' | 'string' }
  | { readonly type: 'bytes'; readonly precision: number; readonly scale: number }
) & {
  readonly logical?: 'date' | 'timestamp-millis' | 'decimal'
  /** Says in the schema what it is. */
  readonly documented?: true
} & ExpectedValues

type ExpectedValues =
  /** The first record has `first`, each next one `step` more. */
  | { readonly first: number; readonly step: number }
  /** Uniform from `from` up to, but without, `below`. */
  | { readonly from: number; readonly below: number }
  /** The smallest and the largest value of a list. */
  | { readonly least: number; readonly most: number }
  /** Each as likely as the others; what stands twice, twice as likely. */
  | { readonly among: readonly (string | number)[] }
  /** All match `like`, each of `seen` matches some, and so many of them differ. */
  | { readonly like: RegExp; readonly seen?: readonly RegExp[]; readonly distinct?: number }
