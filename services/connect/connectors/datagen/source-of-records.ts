import type { ConfigError, SampleRecord } from '../../../../broker/rules/connect.ts'
import type { ConfigMap } from '../../plugin.ts'
import { createGenerator, type GeneratorStart } from './generator/generator.ts'
import { toJson } from './generator/json.ts'
import { hasField, keyText } from './generator/key-text.ts'
import { type ParsedSchema, parseSchema } from './generator/parse-schema.ts'
import { datagenTemplates, templateNamed } from './templates/catalogue.ts'

/** What a config says about the records, ready to make them. */
export interface RecordSource {
  /** The records from the one that `start` names; the same for the same start. */
  open(start: GeneratorStart): {
    next(): SampleRecord
    /** For the next start, beside the number of records made. */
    counters(): readonly number[] | null
  }
}

export type RecordSourceResult =
  | { readonly ok: true; readonly source: RecordSource }
  | { readonly ok: false; readonly errors: readonly ConfigError[] }

/** Reads schema and key field, or says what is wrong with them in the words of the connector. */
export function readRecordSource(config: ConfigMap): RecordSourceResult {
  const chosen = chooseSchema(config)
  if (!chosen.ok) return chosen
  const { schema, templateKeyField } = chosen
  const asked = settingOf(config, 'schema.keyfield')
  if (asked !== null && !hasField(schema, asked)) {
    return wrong(
      'schema.keyfield',
      "The schema does not contain the field provided in 'schema.keyfield'",
    )
  }
  const keyField = asked ?? templateKeyField
  const format = {
    decimalFormat: config['json.output.decimal.format'] === 'NUMERIC' ? 'NUMERIC' : 'BASE64',
  } as const
  return {
    ok: true,
    source: {
      open(start) {
        const generator = createGenerator(schema, start)
        return {
          next() {
            const value = generator.next()
            return {
              key: keyText(schema, value, keyField),
              value: toJson(schema, value, format),
            }
          },
          counters: generator.counters,
        }
      },
    },
  }
}

type Schema = Extract<ParsedSchema, { ok: true }>['schema']

function chooseSchema(
  config: ConfigMap,
):
  | { readonly ok: true; readonly schema: Schema; readonly templateKeyField: string | null }
  | { readonly ok: false; readonly errors: readonly ConfigError[] } {
  const text = settingOf(config, 'schema.string')
  const quickstart = settingOf(config, 'quickstart')
  if ((text === null) === (quickstart === null)) {
    const message = 'Must set exactly one of schema.string, quickstart'
    return {
      ok: false,
      errors: [
        { name: 'schema.string', message },
        { name: 'quickstart', message },
      ],
    }
  }
  if (text !== null) {
    const parsed = parseSchema(text)
    return parsed.ok
      ? { ...parsed, templateKeyField: null }
      : wrong('schema.string', parsed.message)
  }
  const template = templateNamed(quickstart ?? '')
  if (template === undefined) {
    const names = datagenTemplates.map(({ id }) => id.toLowerCase()).join(',')
    return wrong('quickstart', `quickstart must be one out of ${names}`)
  }
  return {
    ok: true,
    schema: templateSchema(template.id, template.schema),
    templateKeyField: template.keyField,
  }
}

const parsedTemplates = new Map<string, Schema>()

/** Parsed once: the largest templates hold hundreds of rows. */
function templateSchema(id: string, json: object): Schema {
  const known = parsedTemplates.get(id)
  if (known !== undefined) return known
  const parsed = parseSchema(JSON.stringify(json))
  if (!parsed.ok) throw new Error(`The template ${id} cannot be read: ${parsed.message}`)
  parsedTemplates.set(id, parsed.schema)
  return parsed.schema
}

function wrong(name: string, message: string) {
  return { ok: false as const, errors: [{ name, message }] }
}

/** Null where it is not set; forms send an empty text for that. */
function settingOf(config: ConfigMap, name: string): string | null {
  const value = config[name]?.trim() ?? ''
  return value === '' ? null : value
}
