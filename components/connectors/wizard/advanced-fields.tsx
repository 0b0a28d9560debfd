import { type ConnectorConfig, withKey } from '../../../lib/format/connector-config.ts'
import { expectedRecordsPerSecond } from '../../../lib/format/connector-states.ts'
import { formatCount } from '../../../lib/format/numbers.ts'
import type { TemplateChoice } from '../../../lib/queries/add-connector.ts'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'

/** No field of a template is called so. */
const ownKey = ' '

/** What has a default, and few people change. */
export function AdvancedFields({
  config,
  onChange,
  template,
  errors,
}: {
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  /** Absent where the schema is one's own. */
  readonly template: TemplateChoice | undefined
  readonly errors: Readonly<Record<string, string>> | undefined
}) {
  const set = (key: string) => (value: string) => onChange(withKey(config, key, value))
  const text = (key: string) => ({
    isLarge: true,
    autoComplete: 'off',
    spellCheck: false,
    value: config[key] ?? '',
    error: errors?.[key],
    onChange: (event: { target: { value: string } }) => set(key)(event.target.value.trim()),
  })
  const keyField = config['schema.keyfield'] ?? ''
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <TextField
        label="Max interval between messages (ms)"
        inputMode="numeric"
        {...text('max.interval')}
        hint={intervalHint(config['max.interval'])}
      />
      {template === undefined ? (
        <TextField
          label="Schema Keyfield"
          {...text('schema.keyfield')}
          hint="The field that becomes the key. Left empty, records have none."
        />
      ) : (
        <SelectField
          label="Schema Keyfield"
          isLarge
          options={keyFieldOptions(template, keyField)}
          value={keyField === '' ? ownKey : keyField}
          onChange={(value) => set('schema.keyfield')(value === ownKey ? '' : value)}
          error={errors?.['schema.keyfield']}
          hint="Whose value becomes the key of a record."
        />
      )}
      <TextField
        label="Message count"
        inputMode="numeric"
        {...text('iterations')}
        hint="After this many per task it stops. Left empty, it goes on for ever."
      />
      <SelectField
        label="JSON output decimal format"
        isLarge
        options={decimalFormats}
        value={config['json.output.decimal.format'] ?? 'BASE64'}
        onChange={set('json.output.decimal.format')}
        error={errors?.['json.output.decimal.format']}
        hint="How decimals are written, which few templates have."
      />
    </div>
  )
}

const decimalFormats = [
  { value: 'BASE64', label: 'BASE64' },
  { value: 'NUMERIC', label: 'NUMERIC' },
] as const

function keyFieldOptions(template: TemplateChoice, keyField: string) {
  const own = template.keyField === null ? 'None' : `The template’s own: ${template.keyField}`
  // What was written as JSON may be none of them; it stays, for the check to refuse.
  const others = template.fields.includes(keyField) || keyField === '' ? [] : [keyField]
  return [
    { value: ownKey, label: own },
    ...[...template.fields, ...others].map((field) => ({ value: field, label: field })),
  ]
}

function intervalHint(maxInterval: string | undefined): string {
  const ms = Number(maxInterval)
  if (!Number.isInteger(ms) || ms <= 0) return 'A task waits up to this long before each message.'
  const rate = expectedRecordsPerSecond(ms, 1)
  const shown = rate >= 10 ? formatCount(Math.round(rate)) : String(Number(rate.toFixed(2)))
  return `Waits 0 to ${formatCount(ms)} ms: about ${shown} messages/sec per task.`
}
