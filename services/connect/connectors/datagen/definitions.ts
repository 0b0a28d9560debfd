import type { PluginConfigDefinition } from '../../plugin.ts'
import { schemaTextLengthMax } from './generator/parse-schema.ts'
import { datagenTemplates } from './templates/catalogue.ts'

// The settings of the managed Datagen Source: names, groups, types and defaults are Confluent's.

const definition = {
  type: 'STRING',
  required: false,
  default_value: null,
  importance: 'HIGH',
  width: 'NONE',
  dependents: [],
  alias: '',
} as const

const group = {
  topic: 'Which topic do you want to send data to?',
  output: 'Output messages',
  datagen: 'Datagen Details',
} as const

const needsRegistry = (format: string) =>
  `${format} needs a Schema Registry, which does not exist here yet: choose JSON.`

/** Faster than this and a connector would do nothing but wait for the broker. */
const intervalMsMin = 5

export const datagenDefinitions: readonly PluginConfigDefinition[] = [
  {
    ...definition,
    name: 'kafka.topic',
    required: true,
    documentation: 'The one topic that the records are written to; it must exist.',
    group: group.topic,
    display_name: 'Topic name',
    order: 1,
  },
  {
    ...definition,
    name: 'output.data.format',
    required: true,
    documentation: 'How values are written.',
    group: group.output,
    display_name: 'Select output record value format',
    order: 1,
    allowed: ['AVRO', 'JSON', 'JSON_SR', 'PROTOBUF'],
    unavailable: {
      AVRO: needsRegistry('AVRO'),
      JSON_SR: needsRegistry('JSON_SR'),
      PROTOBUF: needsRegistry('PROTOBUF'),
    },
  },
  {
    ...definition,
    name: 'json.output.decimal.format',
    default_value: 'BASE64',
    importance: 'LOW',
    documentation: 'How JSON has decimals: the bytes of the unscaled number, or a number.',
    group: group.output,
    display_name: 'JSON output decimal format',
    order: 3,
    allowed: ['BASE64', 'NUMERIC'],
  },
  {
    ...definition,
    name: 'schema.context.name',
    default_value: 'default',
    importance: 'MEDIUM',
    documentation: 'The context of the Schema Registry; JSON has no use for it.',
    group: group.output,
    display_name: 'Schema context',
    order: 4,
  },
  {
    ...definition,
    name: 'schema.string',
    documentation:
      'An Avro schema of your own; "arg.properties" in it say how values are made. Instead of a quickstart.',
    group: group.datagen,
    display_name: 'Schema',
    width: 'LONG',
    order: 1,
    lengthMax: schemaTextLengthMax,
  },
  {
    ...definition,
    name: 'quickstart',
    documentation: 'A ready-made kind of records. Instead of a schema of your own.',
    group: group.datagen,
    display_name: 'Quickstart',
    order: 2,
    recommended: datagenTemplates.map(({ id }) => id),
  },
  {
    ...definition,
    name: 'schema.keyfield',
    documentation: 'The field that becomes the key; a quickstart has one of its own.',
    group: group.datagen,
    display_name: 'Key Field',
    order: 3,
  },
  {
    ...definition,
    name: 'max.interval',
    type: 'INT',
    required: true,
    default_value: '1000',
    documentation:
      'The longest time between two messages in milliseconds; on average it is half of that.',
    group: group.datagen,
    display_name: 'Max interval between messages (ms)',
    order: 4,
    min: intervalMsMin,
  },
  {
    ...definition,
    name: 'iterations',
    type: 'INT',
    default_value: '-1',
    importance: 'MEDIUM',
    documentation: 'How many messages each task makes before it stops as failed; -1 for no end.',
    group: group.datagen,
    display_name: 'Message Count',
    order: 5,
  },
]
