/**
 * Reads Apache Kafka's own message definitions (JSON with `//` comments) into the words of our
 * declarations, so that the conformance test can compare the two.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { includes, parseVersions } from './schema.ts'

/** Where a checkout of the project finds them; they are not part of the repository. */
const FOLDER = join(import.meta.dirname, '../../../shared/kafka-protocol')

export const hasApacheDefinitions = existsSync(FOLDER)

export const APACHE_FOLDER = FOLDER

export interface ApacheMessage {
  readonly name: string
  readonly apiKey?: number
  readonly validVersions: string
  readonly flexibleVersions: string
  readonly fields: readonly ApacheField[]
  readonly commonStructs?: readonly {
    readonly name: string
    readonly fields: readonly ApacheField[]
  }[]
}

interface ApacheField {
  readonly name: string
  readonly type: string
  readonly versions: string
  readonly nullableVersions?: string
  readonly taggedVersions?: string
  readonly tag?: number
  readonly default?: string | number
  readonly entityType?: string
  readonly fields?: readonly ApacheField[]
}

export function readApacheMessage(name: string): ApacheMessage {
  const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8')
  // A comment stands on a line of its own in all of these files.
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
}

/** One field as one version has it. Structs and arrays of structs are followed by their fields. */
export interface FlatField {
  readonly path: string
  readonly type: string
  readonly nullable: boolean
  readonly tag: number | undefined
  readonly default: unknown
  /** Whether the definition itself says what the default is. */
  readonly saysDefault: boolean
  readonly entity: string | undefined
}

/** The fields that a version of the message has, in the order of the wire. */
export function flattenApache(message: ApacheMessage, version: number): FlatField[] {
  const common = new Map(message.commonStructs?.map(({ name, fields }) => [name, fields]))
  const walk = (fields: readonly ApacheField[], path: string): FlatField[] =>
    fields
      .filter((field) => includes(field.versions, version))
      .flatMap((field) => {
        const at = `${path}.${camelCase(field.name)}`
        const inner = field.fields ?? common.get(field.type.replace('[]', ''))
        return [flatField(field, at, version), ...(inner === undefined ? [] : walk(inner, at))]
      })
  return walk(message.fields, '')
}

function flatField(field: ApacheField, path: string, version: number): FlatField {
  const isTagged = field.taggedVersions !== undefined && includes(field.taggedVersions, version)
  return {
    path,
    type: typeName(field),
    nullable: field.nullableVersions !== undefined && includes(field.nullableVersions, version),
    tag: isTagged ? field.tag : undefined,
    default: defaultOf(field),
    saysDefault: field.default !== undefined,
    entity: field.entityType,
  }
}

function typeName(field: ApacheField): string {
  const isArray = field.type.startsWith('[]')
  const element = isArray ? field.type.slice(2) : field.type
  // Types that begin with a capital are structs, whose names exist in the definitions only.
  const name = /^[A-Z]/.test(element) ? 'struct' : element
  return isArray ? `[]${name}` : name
}

function defaultOf(field: ApacheField): unknown {
  const text = field.default === undefined ? undefined : String(field.default)
  if (text === 'null') {
    return null
  }
  switch (typeName(field)) {
    case 'bool':
      return text === 'true'
    case 'string':
      return text ?? ''
    case 'int64':
      return text === '9223372036854775807' ? Number.POSITIVE_INFINITY : Number(text ?? 0)
    case 'int8':
    case 'int16':
    case 'int32':
    case 'float64':
      return Number(text ?? 0)
    default:
      return undefined
  }
}

function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** Whether Kafka knows every version of a range for this message. */
export function coversVersions(
  message: ApacheMessage,
  range: { min: number; max: number },
): boolean {
  const valid = parseVersions(message.validVersions)
  return range.min >= valid.min && range.max <= valid.max
}
