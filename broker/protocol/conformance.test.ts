/**
 * Our declarations against Apache Kafka's own, field by field in every version that we serve.
 * Apache's files are not part of the repository; where they are absent the test says so.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  APACHE_FOLDER,
  coversVersions,
  type FlatField,
  flattenApache,
  hasApacheDefinitions,
  readApacheMessage,
} from './apache-definition.ts'
import { apis } from './apis.ts'
import { ConsumerProtocolAssignment } from './messages/consumer-protocol-assignment.ts'
import { ConsumerProtocolSubscription } from './messages/consumer-protocol-subscription.ts'
import { type Field, type Fields, includes, type Message } from './schema.ts'

if (!hasApacheDefinitions) {
  console.warn(`\n  Skipped: Kafka's message definitions are not at ${APACHE_FOLDER}\n`)
}

const messages: readonly Message[] = [
  ...apis.flatMap((api) => [api.request, api.response]),
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
]

describe.skipIf(!hasApacheDefinitions)('declarations are those of Apache Kafka', () => {
  test.each(apis)('$name: key and versions', (api) => {
    const definition = readApacheMessage(api.request.name)
    expect(definition.apiKey).toBe(api.key)
    expect(coversVersions(definition, api.versions)).toBe(true)
    expect(includes(api.advertise, api.versions.min)).toBe(true)
    expect(api.advertise.max).toBe(api.versions.max)
  })

  const everyVersion = messages.flatMap((message) => {
    const { min, max } = message.versions
    return Array.from({ length: max - min + 1 }, (_, i) => ({ message, version: min + i }))
  })

  test.each(everyVersion)('$message.name v$version', ({ message, version }) => {
    const definition = readApacheMessage(message.name)
    const expected = flattenApache(definition, version)
    const declared = flatten(message.fields, version, '')
    expect(includes(message.flexible, version)).toBe(includes(definition.flexibleVersions, version))
    expect(declared.map(comparable)).toEqual(expected.map(comparable))
    for (const [i, field] of declared.entries()) {
      expect.soft(agreesOnDefault(field, expected[i]), `default of ${field.path}`).toBe(true)
    }
  })
})

test.each(apis)('$name is advertised in the versions of Kafka 4.1', ({ key, name, advertise }) => {
  const file = new URL('golden/kafka-clients-4.1.0.versions.txt', import.meta.url)
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${key} `))
  expect(`${key} ${name} ${advertise.min} ${advertise.max}`).toBe(line)
})

test('a field that is missing, out of order or of another type would be noticed', () => {
  const [first, second] = flatten(apis[0]?.request.fields ?? {}, 9, '')
  const fields = [first, second].flatMap((field) => (field === undefined ? [] : [field]))
  const original = fields.map(comparable)
  expect(fields.slice(1).map(comparable)).not.toEqual(original)
  expect([...fields].reverse().map(comparable)).not.toEqual(original)
  expect(fields.map((field) => comparable({ ...field, type: 'int8' }))).not.toEqual(original)
})

function comparable({ path, type, nullable, tag, entity }: FlatField) {
  return { path, type, nullable, tag, entity }
}

/** Where Kafka gives no default for what may be null, ours may be null: handlers then leave it out. */
function agreesOnDefault(ours: FlatField, apache: FlatField | undefined): boolean {
  const isFreeToBeNull = apache?.saysDefault === false && apache.nullable && ours.default === null
  return isFreeToBeNull || Object.is(ours.default, apache?.default)
}

function flatten(fields: Fields, version: number, path: string): FlatField[] {
  return Object.entries(fields)
    .filter(([, field]) => field.versions === undefined || includes(field.versions, version))
    .flatMap(([name, field]) => {
      const at = `${path}.${name}`
      const inner = field.fields ?? field.element?.fields
      return [flatField(field, at, version), ...(inner ? flatten(inner, version, at) : [])]
    })
}

function flatField(field: Field, path: string, version: number): FlatField {
  return {
    path,
    type: field.element === undefined ? field.kind : `[]${field.element.kind}`,
    nullable: field.nullable !== undefined && includes(field.nullable, version),
    tag: field.tag,
    default: field.default ?? (field.default === null ? null : DEFAULTS[field.kind]),
    saysDefault: field.default !== undefined,
    entity: field.entity ?? field.element?.entity,
  }
}

const DEFAULTS: { readonly [K in Field['kind']]?: unknown } = {
  bool: false,
  int8: 0,
  int16: 0,
  int32: 0,
  int64: 0,
  float64: 0,
  string: '',
}
