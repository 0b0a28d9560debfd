'use client'

import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { produceMessage } from '../../lib/actions/messages.ts'
import type { MessageRow } from '../../lib/format/messages.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { tooLongForMessage } from '../forms/message-size.ts'
import { PartitionOfKey } from '../forms/partition-of-key.tsx'
import { FormError, useSubmit } from '../forms/submit.tsx'
import type { TopicFacts } from '../topics/topic-header.tsx'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'
import { SelectField } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { HeadersField } from './headers-field.tsx'
import { PayloadField } from './payload-field.tsx'
import {
  type HeaderText,
  headerTextsOf,
  type PayloadText,
  payloadInput,
  payloadTextOf,
} from './payload-text.ts'
import { ProduceFoot } from './produce-foot.tsx'
import { sampleKey, sampleValue } from './sample-message.ts'

export const byKey = 'by-key'

export function ProduceOne({
  at,
  facts,
  again,
  onClose,
}: {
  readonly at: TopicAt
  readonly facts: TopicFacts
  readonly again: MessageRow | null
  readonly onClose: () => void
}) {
  const [value, setValue] = useState<PayloadText>(() =>
    again === null ? { form: 'json', text: sampleValue } : payloadTextOf(again, again.value),
  )
  const [key, setKey] = useState<PayloadText>(() =>
    again === null ? { form: 'string', text: sampleKey } : payloadTextOf(again, again.key),
  )
  const [partition, setPartition] = useState(byKey)
  const [headers, setHeaders] = useState<readonly HeaderText[]>(() =>
    again === null ? [] : headerTextsOf(again),
  )
  const [written, setWritten] = useState<{ partition: number; offset: number; tookMs: number }>()
  const { submit, isBusy, error } = useSubmit(produceMessage, (place) => {
    setWritten(place)
    if (isKept) return
    setValue({ form: value.form === 'original' ? 'json' : value.form, text: '' })
    setKey({ form: key.form === 'original' ? 'string' : key.form, text: '' })
    setHeaders([])
  })
  const [isKept, setKept] = useState(true)
  const [tooLong, setTooLong] = useState<{ value?: string; key?: string }>({})

  function produce(event: FormEvent | KeyboardEvent) {
    event.preventDefault()
    setWritten(undefined)
    const reasons = { ...reason('value', value), ...reason('key', key) }
    setTooLong(reasons)
    if (Object.keys(reasons).length > 0) return
    void submit({
      ...at,
      value: payloadInput(value),
      key: payloadInput(key),
      headers: headers.map(({ name, text, form }) => ({ name, value: text, form })),
      ...(partition === byKey ? {} : { partition: Number(partition) }),
    })
  }

  return (
    <form
      onSubmit={produce}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) produce(event)
      }}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
        <PayloadField
          label="Value"
          payload={value}
          onChange={setValue}
          error={tooLong.value ?? error?.fields?.value}
          rows={11}
        />
        <PayloadField
          label="Key"
          payload={key}
          onChange={setKey}
          error={tooLong.key ?? error?.fields?.key}
        />
        <SelectField
          label="Partition"
          options={partitionOptions(facts.partitionCount)}
          value={partition}
          onChange={setPartition}
          hint={
            partition === byKey ? (
              <ByKey payload={key} partitionCount={facts.partitionCount} />
            ) : undefined
          }
        />
        <HeadersField headers={headers} onChange={setHeaders} errors={error?.fields} />
        <FormError error={error} />
        <div role="status">
          {written === undefined ? null : (
            <Note>
              Written to <b>partition {written.partition}</b> at{' '}
              <b>offset {formatCount(written.offset)}</b>, acknowledged by all{' '}
              {formatPlural(facts.replicaCount, 'replica')} in {written.tookMs} ms.
            </Note>
          )}
        </div>
      </div>
      <ProduceFoot>
        <span className="mr-auto flex items-center">
          <Switch label="Keep contents" isOn={isKept} onChange={setKept} />
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={isBusy} aria-keyshortcuts="Control+Enter">
          Produce
          <span aria-hidden="true" className="text-label font-[450] opacity-80">
            Ctrl ↵
          </span>
        </Button>
      </ProduceFoot>
    </form>
  )
}

/** Why a part cannot be sent at all, by its name. */
function reason(name: 'value' | 'key', { form, text }: PayloadText) {
  const isTyped = form === 'json' || form === 'string'
  const why = isTyped ? tooLongForMessage(text) : undefined
  return why === undefined ? {} : { [name]: why }
}

function ByKey({
  payload,
  partitionCount,
}: {
  readonly payload: PayloadText
  readonly partitionCount: number
}) {
  if (payload.form === 'null') return 'Without a key any partition, at random.'
  if (payload.form === 'original') return 'Chosen from the key, as Java clients do.'
  return <PartitionOfKey text={payload.text} partitionCount={partitionCount} />
}

/** A list of hundreds would be no help; beyond it the key decides. */
const listedMax = 100

export function partitionOptions(count: number) {
  const listed = Array.from({ length: Math.min(count, listedMax) }, (_, partition) => ({
    value: String(partition),
    label: `Partition ${partition}`,
  }))
  return [{ value: byKey, label: 'By key' }, ...listed]
}
