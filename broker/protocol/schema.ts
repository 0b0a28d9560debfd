/**
 * The vocabulary in which Kafka's messages are declared, and the TypeScript types inferred from it.
 *
 * Each message is declared once, in `messages/<api>.ts`; differences between versions are data
 * (`versions`, `nullable`, `tag`). `codec.ts` turns a declaration and a version into a function.
 *
 * Values: int64 is a number (exact up to 2^53; anything larger is refused when read), uuid is
 * 22 characters of URL-safe base64, bytes is a `Uint8Array` (a view of the frame when decoded),
 * records is a list of buffers (one view of the frame when decoded), or null.
 */

/** Declares one API: its request, its response and the versions in which we serve it. */
export function api<const Q extends Fields, const P extends Fields>(
  declaration: ApiDeclaration<Q, P>,
): Api<Q, P> {
  const versions = parseVersions(declaration.versions)
  const flexible = parseVersions(declaration.flexible)
  const message = { versions, flexible }
  return {
    name: declaration.name,
    key: declaration.key,
    versions,
    flexible,
    advertise: parseVersions(declaration.advertise ?? declaration.versions),
    request: { ...message, name: `${declaration.name}Request`, fields: declaration.request },
    response: { ...message, name: `${declaration.name}Response`, fields: declaration.response },
  }
}

/** Declares a message that travels inside others, such as a consumer's subscription. */
export function message<const F extends Fields>(declaration: {
  readonly name: string
  readonly versions: string
  readonly flexible: string
  readonly fields: F
}): Message<F> {
  return {
    name: declaration.name,
    versions: parseVersions(declaration.versions),
    flexible: parseVersions(declaration.flexible),
    fields: declaration.fields,
  }
}

export interface ApiDeclaration<Q extends Fields, P extends Fields> {
  readonly name: string
  readonly key: number
  /** The versions that are served, such as `3-13`. */
  readonly versions: string
  /** The versions with compact encodings and tagged fields, such as `9+`, or `none` (KIP-482). */
  readonly flexible: string
  /** What ApiVersions tells clients, where that is wider than `versions`. */
  readonly advertise?: string
  readonly request: Q
  readonly response: P
}

export interface Api<Q extends Fields = Fields, P extends Fields = Fields> {
  readonly name: string
  readonly key: number
  readonly versions: VersionRange
  readonly flexible: VersionRange
  readonly advertise: VersionRange
  readonly request: Message<Q>
  readonly response: Message<P>
}

export interface Message<F extends Fields = Fields> {
  readonly name: string
  readonly versions: VersionRange
  readonly flexible: VersionRange
  readonly fields: F
}

// ─── What handlers and clients see ──────────────────────────────────────────────────────────

/** A request as a handler receives it: every field, with its default where the version lacks it. */
export type RequestOf<A extends Api> = Decoded<A['request']['fields']>

/** A response as a handler gives it: what has a default, or is not in every version, may be left out. */
export type ResponseOf<A extends Api> = Encodable<A['response']['fields']>

/** A request as a client gives it. */
export type RequestToSend<A extends Api> = Encodable<A['request']['fields']>

/** A response as a client receives it. */
export type ResponseReceived<A extends Api> = Decoded<A['response']['fields']>

/** A decoded message that is not an API's. */
export type DecodedMessage<M extends Message> = Decoded<M['fields']>

/** A message that is not an API's, as it is given to the codec. */
export type EncodableMessage<M extends Message> = Encodable<M['fields']>

// ─── Fields ─────────────────────────────────────────────────────────────────────────────────

export type Fields = { readonly [name: string]: Field }

export type Scalar = 'bool' | 'int8' | 'int16' | 'int32' | 'int64' | 'float64' | 'string' | 'uuid'

export type FieldKind = Scalar | 'bytes' | 'records' | 'array' | 'struct'

/**
 * One field of a message. `T` says what it decodes to, what may be given to encode it, and whether
 * it may be left out; no such value exists at run time.
 */
export interface Field<T extends FieldTypes = FieldTypes> extends FieldOptions {
  readonly kind: FieldKind
  /** Of an array. */
  readonly element?: Field
  /** Of a struct. */
  readonly fields?: Fields
  readonly types?: T
}

export interface FieldTypes {
  readonly decoded: unknown
  readonly encodable: unknown
  readonly omittable: boolean
}

export interface FieldOptions {
  /** The versions that have this field; absent where all that we serve have it. */
  readonly versions?: string
  /** The versions in which it may be null. */
  readonly nullable?: string
  /** Its number, where it is a tagged field (KIP-482). It is written only if it is not the default. */
  readonly tag?: number
  /** What it is where the version lacks it or the writer left it out; otherwise zero, '' or []. */
  readonly default?: boolean | number | string | null
  /** What the value names, in the words of Kafka's definitions. */
  readonly entity?: EntityType
  /** Of an int64: 2^63-1 means "none" and is read and written as `Infinity`. */
  readonly unbounded?: boolean
}

export type EntityType = 'topicName' | 'groupId' | 'brokerId' | 'producerId' | 'transactionalId'

export function bool<const O extends FieldOptions = Plain>(options?: O): FieldOf<boolean, O> {
  return { kind: 'bool', ...options }
}

export function int8<const O extends FieldOptions = Plain>(options?: O): FieldOf<number, O> {
  return { kind: 'int8', ...options }
}

export function int16<const O extends FieldOptions = Plain>(options?: O): FieldOf<number, O> {
  return { kind: 'int16', ...options }
}

export function int32<const O extends FieldOptions = Plain>(options?: O): FieldOf<number, O> {
  return { kind: 'int32', ...options }
}

/** An integer within ±2^53; one beyond that is refused when read, never rounded. */
export function int64<const O extends FieldOptions = Plain>(options?: O): FieldOf<number, O> {
  return { kind: 'int64', ...options }
}

export function float64<const O extends FieldOptions = Plain>(options?: O): FieldOf<number, O> {
  return { kind: 'float64', ...options }
}

export function string<const O extends FieldOptions = Plain>(options?: O): FieldOf<string, O> {
  return { kind: 'string', ...options }
}

/** 16 bytes as 22 characters of URL-safe base64; `ZERO_UUID` where there is none. */
export function uuid<const O extends FieldOptions = Plain>(options?: O): FieldOf<string, O> {
  return { kind: 'uuid', ...options }
}

export function bytes<const O extends FieldOptions = Plain>(options?: O): FieldOf<Uint8Array, O> {
  return { kind: 'bytes', ...options }
}

/** Record batches: never copied, neither in nor out. */
export function records<const O extends FieldOptions = Plain>(
  options?: O,
): FieldOf<readonly Uint8Array[], O> {
  return { kind: 'records', ...options }
}

/** An array of one kind of value, or of structs with the given fields. */
export function array<const E extends Field | Fields, const O extends FieldOptions = Plain>(
  element: E,
  options?: O,
): FieldOf<readonly ElementOf<E>['decoded'][], O, readonly ElementOf<E>['encodable'][]> {
  return { kind: 'array', element: isField(element) ? element : struct(element), ...options }
}

export function struct<const F extends Fields, const O extends FieldOptions = Plain>(
  fields: F,
  options?: O,
): FieldOf<Decoded<F>, O, Encodable<F>> {
  return { kind: 'struct', fields, ...options }
}

/** How long the client should hold back, on a broker without quotas: 0, so it may be left out. */
export function throttleTimeMs<const V extends string>(
  versions?: V,
): FieldOf<number, { default: 0 }> {
  return int32({ default: 0, ...(versions === undefined ? {} : { versions }) })
}

/** "No id": 16 zero bytes. */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA'

// ─── Versions ───────────────────────────────────────────────────────────────────────────────

/** Both ends included; an empty range has `min` above `max`. */
export interface VersionRange {
  readonly min: number
  readonly max: number
}

/** Reads Kafka's notation: `0-4`, `3+`, `7` or `none`. */
export function parseVersions(text: string): VersionRange {
  if (text === 'none') {
    return { min: 0, max: -1 }
  }
  const match = /^(\d+)(\+|-(\d+))?$/.exec(text)
  if (match === null) {
    throw new Error(`Not a range of versions: ${text}`)
  }
  const min = Number(match[1])
  if (match[2] === '+') {
    return { min, max: 0x7fff }
  }
  return { min, max: match[3] === undefined ? min : Number(match[3]) }
}

/** Whether a range, as text or parsed, holds a version. */
export function includes(range: VersionRange | string, version: number): boolean {
  const { min, max } = typeof range === 'string' ? parseVersions(range) : range
  return version >= min && version <= max
}

function isField(element: Field | Fields): element is Field {
  return typeof element.kind === 'string'
}

// ─── Inference ──────────────────────────────────────────────────────────────────────────────

type Plain = Record<never, never>

/** A field with the given options: it may be left out if it has a default or is not in every version. */
type FieldOf<Value, O, Given = Value> = Field<{
  readonly decoded: Value | Null<O>
  readonly encodable: Given | Null<O>
  readonly omittable: O extends { versions: string } | { tag: number } | { default: unknown }
    ? true
    : false
}>

type Null<O> = O extends { nullable: string } ? null : never

type TypesOf<F extends Field> = F extends Field<infer T> ? T : never

type ElementOf<E extends Field | Fields> =
  E extends Field<infer T>
    ? T
    : E extends Fields
      ? { readonly decoded: Decoded<E>; readonly encodable: Encodable<E> }
      : never

type Decoded<F extends Fields> = { readonly [K in keyof F]: TypesOf<F[K]>['decoded'] }

type Encodable<F extends Fields> = Flat<
  {
    readonly [K in keyof F as TypesOf<F[K]>['omittable'] extends true ? never : K]: TypesOf<
      F[K]
    >['encodable']
  } & {
    readonly [K in keyof F as TypesOf<F[K]>['omittable'] extends true ? K : never]?: TypesOf<
      F[K]
    >['encodable']
  }
>

/** Shows an intersection as one object type in editors and errors. */
type Flat<T> = { readonly [K in keyof T]: T[K] }
