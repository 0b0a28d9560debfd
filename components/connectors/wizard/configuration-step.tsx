'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { type ConnectorConfig, withKey } from '../../../lib/format/connector-config.ts'
import type { TemplateChoice } from '../../../lib/queries/add-connector.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { AdvancedFields } from './advanced-fields.tsx'
import { advancedKeys } from './configuration-keys.ts'
import { OwnSchemaField } from './own-schema-field.tsx'
import { TemplateTiles } from './template-tiles.tsx'

const needsRegistry = 'There is no Schema Registry on this installation.'
const formats = [
  { value: 'AVRO', label: 'AVRO', disabledReason: needsRegistry },
  { value: 'JSON', label: 'JSON' },
  { value: 'JSON_SR', label: 'JSON_SR', disabledReason: needsRegistry },
  { value: 'PROTOBUF', label: 'PROTOBUF', disabledReason: needsRegistry },
] as const

export interface ConfigurationProps {
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  readonly templates: readonly TemplateChoice[]
  readonly errors: Readonly<Record<string, string>> | undefined
}

/** What the records are: their format, a template or a schema of one's own, and how fast they come. */
export function ConfigurationStep({ config, onChange, templates, errors }: ConfigurationProps) {
  const isOwn = config['schema.string'] !== undefined
  const [isAdvanced, setAdvanced] = useState(false)
  const hasAdvancedError = advancedKeys.some((key) => errors?.[key] !== undefined)
  const isOpen = isAdvanced || hasAdvancedError

  function chooseTemplate(id: string) {
    const { 'schema.string': _own, 'schema.keyfield': _key, ...rest } = config
    onChange({ ...rest, quickstart: id })
  }
  function provideOwn() {
    const { quickstart: _template, 'schema.keyfield': _key, ...rest } = config
    onChange({ ...rest, 'schema.string': '' })
  }

  return (
    <>
      <div className="flex flex-col items-start gap-1.5">
        <div className="text-field-label font-[580]">Select output record value format</div>
        <Segmented
          label="Select output record value format"
          isLarge
          options={formats}
          value={config['output.data.format'] ?? ''}
          onChange={(format) => onChange(withKey(config, 'output.data.format', format))}
        />
        <p className="text-label text-ink-3">
          AVRO, JSON_SR and PROTOBUF also register a schema. {needsRegistry}
        </p>
      </div>
      {isOwn ? (
        <OwnSchemaField
          text={config['schema.string'] ?? ''}
          onChange={(text) => onChange({ ...config, 'schema.string': text })}
          onBack={() => chooseTemplate('ORDERS')}
          error={errors?.['schema.string']}
        />
      ) : (
        <TemplateTiles
          templates={templates}
          chosen={config.quickstart ?? ''}
          onChoose={chooseTemplate}
          more={
            <Button
              size="small"
              tone="ghost"
              className="text-river hover:text-river-hover"
              onClick={provideOwn}
            >
              Provide your own schema
            </Button>
          }
        />
      )}
      {errors?.quickstart === undefined ? null : (
        <p role="alert" className="text-label text-red">
          {errors.quickstart}
        </p>
      )}
      <div className="flex flex-col gap-4 border-t border-line pt-5">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setAdvanced(!isOpen)}
          className="flex cursor-pointer items-center gap-1.5 self-start rounded-sm font-[560]"
        >
          {isOpen ? (
            <ChevronDown aria-hidden="true" className="size-4 stroke-[1.75]" />
          ) : (
            <ChevronRight aria-hidden="true" className="size-4 stroke-[1.75]" />
          )}
          {isOpen ? 'Hide advanced configurations' : 'Show advanced configurations'}
        </button>
        {isOpen ? (
          <AdvancedFields
            config={config}
            onChange={onChange}
            template={templates.find(({ id }) => id === config.quickstart)}
            errors={errors}
          />
        ) : null}
      </div>
    </>
  )
}
