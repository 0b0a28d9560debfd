'use client'

import { type ResetQuery, type ResetTo, resetToIn } from '../../lib/format/reset-query.ts'
import type { ResetView } from '../../lib/queries/offset-reset.ts'
import { type Choice, ChoiceTiles } from '../ui/choice-tiles.tsx'
import { TextField } from '../ui/field.tsx'
import { SelectField } from '../ui/select.tsx'
import { ResetTimeField } from './reset-time-field.tsx'

const targets: readonly Choice<ResetTo>[] = [
  { value: 'earliest', title: 'Earliest', detail: 'Read everything again' },
  { value: 'latest', title: 'Latest', detail: 'Skip to the end' },
  { value: 'time', title: 'To a time', detail: 'First message since then' },
  { value: 'offset', title: 'To an offset', detail: 'The same in each partition' },
  { value: 'shift', title: 'Shift by', detail: 'Forward or back' },
]

/** A select has no empty values. No topic can have this name. */
const allTopics = '*'

/** Which partitions, and where to. */
export function ResetForm({
  query,
  topics,
  problem,
  onChange,
}: {
  readonly query: ResetQuery
  readonly topics: readonly string[]
  readonly problem: ResetView['problem']
  readonly onChange: (part: ResetQuery) => void
}) {
  const { topic = '', partitions = '', value = '' } = query
  const to = resetToIn(query.to)
  const errorAt = (field: 'topic' | 'partitions') =>
    problem?.field === field ? problem.message : undefined
  return (
    <div className="flex flex-col gap-5">
      <SelectField
        label="Topic"
        options={[
          { value: allTopics, label: 'All topics of the group' },
          ...[...new Set([...topics, ...(topic === '' ? [] : [topic])])].map((name) => ({
            ...{ value: name, label: name },
          })),
        ]}
        value={topic === '' ? allTopics : topic}
        onChange={(next) => onChange({ topic: next === allTopics ? '' : next, partitions: '' })}
        error={errorAt('topic')}
        {...(topic === '' && { hint: 'Every partition that it has committed an offset of.' })}
      />
      {topic === '' ? null : (
        <TextField
          label="Partitions"
          placeholder="All"
          isMono
          autoComplete="off"
          spellCheck={false}
          value={partitions}
          onChange={(event) => onChange({ partitions: event.target.value })}
          error={errorAt('partitions')}
          hint="Such as 0,2-4."
        />
      )}
      <ChoiceTiles
        label="New offset"
        columns={2}
        choices={targets}
        value={to}
        onChange={(next) => onChange({ to: next, value: '' })}
      />
      <Value
        {...{ to, value }}
        // A field that nobody has filled in yet is not wrong.
        error={problem?.field === 'value' && value !== '' ? problem.message : undefined}
        onChange={(next) => onChange({ value: next })}
      />
    </div>
  )
}

function Value({
  to,
  value,
  error,
  onChange,
}: {
  readonly to: ResetTo
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}) {
  if (to === 'earliest' || to === 'latest') return null
  if (to === 'time') return <ResetTimeField value={value} error={error} onChange={onChange} />
  return (
    <TextField
      key={to}
      label={to === 'offset' ? 'Offset' : 'Messages'}
      isMono
      inputMode={to === 'offset' ? 'numeric' : 'text'}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      hint={
        to === 'offset'
          ? 'Outside of what a partition holds, its start or end is used.'
          : '-100 reads the last hundred again, 100 skips as many.'
      }
    />
  )
}
