import { Button } from '../../ui/button.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Field } from '../../ui/field.tsx'

/** What Confluent accepts. */
const schemaCharactersMax = 10_000

const example = `{
  "type": "record",
  "name": "ride",
  "fields": [
    {
      "name": "ride_id",
      "type": { "type": "long", "arg.properties": { "iteration": { "start": 1 } } }
    },
    {
      "name": "city",
      "type": { "type": "string", "arg.properties": { "options": ["Berlin", "London"] } }
    }
  ]
}`

/** An Avro schema of one's own, whose `arg.properties` say what the values are like. */
export function OwnSchemaField({
  text,
  onChange,
  onBack,
  error,
}: {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onBack: () => void
  readonly error: string | undefined
}) {
  return (
    <div className="flex flex-col items-start gap-2.5">
      <div className="w-full">
        <Field
          label="Provide your own schema"
          required
          error={error}
          hint={
            <>
              An Avro schema in JSON, of at most 10,000 characters. Its <code>arg.properties</code>{' '}
              say what values are made of: options, iteration, range, length, regex.
            </>
          }
        >
          {(control) => (
            <CodeField
              {...control}
              isJson
              rows={16}
              maxLength={schemaCharactersMax}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          tone="ghost"
          className="-ml-[9px] text-river hover:text-river-hover"
          onClick={onBack}
        >
          Select a template
        </Button>
        {text.trim() === '' ? (
          <Button
            size="small"
            tone="ghost"
            className="text-river hover:text-river-hover"
            onClick={() => onChange(example)}
          >
            Begin with an example
          </Button>
        ) : null}
      </div>
    </div>
  )
}
