'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, type FormEvent, useRef, useState } from 'react'
import { formatBytes, formatPlural } from '../../lib/format/numbers.ts'
import type { TopicAt } from '../../lib/paths.ts'
import type { TopicFacts } from '../topics/topic-header.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { SelectField } from '../ui/select.tsx'
import { ProduceFoot } from './produce-foot.tsx'
import { byKey, partitionOptions } from './produce-one.tsx'
import { useProduceMany } from './use-produce-many.ts'

/** Writes a message per line, typed or from a file, with how far it has come. */
export function ProduceMany({
  at,
  facts,
  onClose,
}: {
  readonly at: TopicAt
  readonly facts: TopicFacts
  readonly onClose: () => void
}) {
  const [text, setText] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [partition, setPartition] = useState(byKey)
  const picker = useRef<HTMLInputElement>(null)
  const { progress, produce, stop } = useProduceMany(at)
  const isBusy = progress?.phase === 'running'

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isBusy) void produce(file ?? text, partition === byKey ? undefined : Number(partition))
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setFile(event.dataTransfer.files[0] ?? null)
  }

  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
        <Field
          label="Messages"
          hint="One JSON per line is one value. Exported lines keep their key and headers."
        >
          {(control) => (
            <textarea
              {...control}
              rows={11}
              spellCheck={false}
              disabled={file !== null}
              placeholder={'{"orderid":1}\n{"orderid":2}'}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="field w-full resize-y px-2.5 py-2 font-mono text-label leading-[19px] disabled:bg-sunken"
            />
          )}
        </Field>
        <div className="flex flex-col items-start gap-1.5 rounded-md border border-dashed border-line-2 px-4 py-3">
          <input
            ref={picker}
            type="file"
            accept=".ndjson,.jsonl,.json,.csv,.txt"
            aria-label="File with messages"
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
          {file === null ? (
            <span className="text-label text-ink-2">Or drop an NDJSON or CSV file here.</span>
          ) : (
            <span className="text-label">
              {file.name}, {formatBytes(file.size)}
            </span>
          )}
          <span className="flex gap-2">
            <Button
              size="small"
              icon={<FileUp aria-hidden="true" />}
              onClick={() => picker.current?.click()}
            >
              Choose file
            </Button>
            {file === null ? null : (
              <Button size="small" tone="ghost" onClick={() => setFile(null)}>
                Remove file
              </Button>
            )}
          </span>
        </div>
        <SelectField
          label="Partition"
          options={partitionOptions(facts.partitionCount)}
          value={partition}
          onChange={setPartition}
          hint={partition === byKey ? 'Chosen from each key, as Java clients do.' : undefined}
        />
        <div role="status">{progress === undefined ? null : <Progress {...progress} />}</div>
      </div>
      <ProduceFoot>
        {isBusy ? <Button onClick={stop}>Stop</Button> : <Button onClick={onClose}>Cancel</Button>}
        <Button type="submit" tone="primary" isBusy={isBusy} aria-keyshortcuts="Control+Enter">
          Produce all
        </Button>
      </ProduceFoot>
    </form>
  )
}

type ProgressProps = NonNullable<ReturnType<typeof useProduceMany>['progress']>

function Progress({ phase, count, share, message }: ProgressProps) {
  const written = formatPlural(count, 'message')
  if (phase === 'failed') {
    return (
      <Note kind="error">
        {message} {count === 0 ? 'Nothing was written.' : `${written} before it were written.`}
      </Note>
    )
  }
  if (phase !== 'running') {
    const end = phase === 'stopped' ? ' Stopped.' : ''
    return (
      <Note>
        <b>{written}</b> written and acknowledged.{end}
      </Note>
    )
  }
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-label text-ink-2">{written} written</span>
      <div
        role="progressbar"
        aria-label="Read"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        className="h-[3px] overflow-hidden rounded-full bg-stone-tint"
      >
        <div className="h-full bg-river" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}
