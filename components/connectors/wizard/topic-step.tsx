'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatPlural } from '../../../lib/format/numbers.ts'
import type { ClusterAt } from '../../../lib/paths.ts'
import type { TopicChoice } from '../../../lib/queries/add-connector.ts'
import { MeasuredFigure } from '../../charts/measured-figure.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../../ui/table.tsx'
import { AddTopic } from './add-topic.tsx'

/** More are found by searching: nobody reads ten thousand names. */
const shownMax = 50

export function TopicStep({
  at,
  topics,
  chosen,
  onChoose,
  error,
}: {
  readonly at: ClusterAt
  readonly topics: readonly TopicChoice[]
  readonly chosen: string
  readonly onChoose: (topic: string) => void
  readonly error: string | undefined
}) {
  const [text, setText] = useState('')
  const [isMaking, setMaking] = useState(topics.length === 0)
  const wanted = text.trim().toLowerCase()
  const found = topics.filter(({ name }) => name.toLowerCase().includes(wanted))
  const shown = withChosen(found.slice(0, shownMax), topics, chosen)
  return (
    <section aria-labelledby="topic-selection" className="flex flex-col gap-4">
      <div>
        <h2 id="topic-selection" className="text-section tracking-[-0.008em]">
          Choose which topic you want to connect
        </h2>
        <p className="text-ink-2">The connector writes its records to this topic.</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label="Search topics" value={text} onChange={setText} hasShortcut />
        <span className="text-label text-ink-2">({chosen === '' ? 0 : 1}) topic selected</span>
        <Button
          className="ml-auto"
          icon={<Plus aria-hidden="true" />}
          aria-expanded={isMaking}
          onClick={() => setMaking(!isMaking)}
        >
          Add new topic
        </Button>
      </div>
      {isMaking ? (
        <AddTopic
          at={at}
          onMade={(name) => {
            setMaking(false)
            setText('')
            onChoose(name)
          }}
          {...(topics.length === 0 ? {} : { onCancel: () => setMaking(false) })}
        />
      ) : null}
      {error === undefined ? null : <FieldNote error={error} />}
      {topics.length === 0 ? null : (
        <TopicTable topics={shown} chosen={chosen} onChoose={onChoose} />
      )}
      {found.length > shownMax ? (
        <p className="text-label text-ink-3">
          {formatCount(shownMax)} of {formatPlural(found.length, 'topic')}. Search to find the
          others.
        </p>
      ) : null}
      {topics.length > 0 && found.length === 0 ? (
        <p className="text-ink-2">No topic’s name contains “{text.trim()}”.</p>
      ) : null}
    </section>
  )
}

function TopicTable({
  topics,
  chosen,
  onChoose,
}: {
  readonly topics: readonly TopicChoice[]
  readonly chosen: string
  readonly onChoose: (topic: string) => void
}) {
  return (
    <Table label="Topics">
      <TableHead>
        <HeadCell>Topics</HeadCell>
        <HeadCell className="text-right">Total partitions</HeadCell>
        <HeadCell className="text-right">Bytes/sec produced</HeadCell>
        <HeadCell className="text-right">Bytes/sec consumed</HeadCell>
      </TableHead>
      <tbody>
        {topics.map(({ name, partitionCount, rates }) => (
          <Row key={name}>
            <Cell>
              <label className="flex min-h-10 cursor-pointer items-center gap-2.5 font-[580] break-all">
                <input
                  type="radio"
                  name="topic"
                  value={name}
                  checked={name === chosen}
                  onChange={() => onChoose(name)}
                  className="size-4 shrink-0 cursor-pointer accent-[var(--river)]"
                />
                {name}
              </label>
            </Cell>
            <Cell className="text-right">{formatCount(partitionCount)}</Cell>
            <Cell className="text-right">
              <MeasuredFigure unit="bytesPerSecond" value={rates?.produced ?? null} />
            </Cell>
            <Cell className="text-right">
              <MeasuredFigure unit="bytesPerSecond" value={rates?.consumed ?? null} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

/** What was chosen stays in sight, whatever is searched for. */
function withChosen(
  found: readonly TopicChoice[],
  all: readonly TopicChoice[],
  chosen: string,
): readonly TopicChoice[] {
  if (chosen === '' || found.some(({ name }) => name === chosen)) return found
  return [...all.filter(({ name }) => name === chosen), ...found]
}
