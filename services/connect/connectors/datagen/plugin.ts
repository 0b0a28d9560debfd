import { randomInt } from 'node:crypto'
import type { ConnectorPlugin } from '../../plugin.ts'
import { startDatagenTask } from './datagen-task.ts'
import { datagenDefinitions } from './definitions.ts'
import { readRecordSource } from './source-of-records.ts'
import { popularTemplates } from './templates/catalogue.ts'

/** Datagen Source: records of a template, or of an Avro schema, at random moments. */
export const datagenPlugin: ConnectorPlugin = {
  pluginClass: 'DatagenSource',
  type: 'source',
  displayName: 'Datagen Source',
  definitions: datagenDefinitions,
  templates: popularTemplates.map(({ id, title, description, keyField, schema }) => ({
    id,
    title,
    description,
    keyField,
    fields: schema.fields.map(({ name }) => name),
  })),
  validate(config) {
    const read = readRecordSource(config)
    return read.ok ? [] : read.errors
  },
  preview(config, count) {
    const read = readRecordSource(config)
    if (!read.ok) return { problem: read.errors[0]?.message ?? 'The records cannot be made.' }
    const records = read.source.open({ seed: randomInt(2 ** 31) })
    return Array.from({ length: count }, records.next)
  },
  start: startDatagenTask,
}
