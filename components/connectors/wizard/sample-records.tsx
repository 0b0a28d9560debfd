'use client'

import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { formatBytes } from '../../../lib/format/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { Card, CardHeader } from '../../ui/card.tsx'
import { NumberedLines } from '../../ui/json-code.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { recordBytes } from './record-bytes.ts'
import type { SampleRecords } from './use-sample-records.ts'

/** What will be written: three records, one at a time. */
export function SampleRecordsCard({
  sample,
  onAgain,
}: {
  readonly sample: SampleRecords
  readonly onAgain: () => void
}) {
  const [chosen, setChosen] = useState('1')
  const { records, problem, isBusy } = sample
  const record = records[Number(chosen) - 1] ?? records[0]
  return (
    <Card label="Sample records" className="overflow-hidden">
      <CardHeader title="Sample records">
        <span className="flex items-center gap-2">
          {records.length < 2 ? null : (
            <Segmented
              label="Sample record"
              options={records.map((_, index) => ({
                value: String(index + 1),
                label: String(index + 1),
              }))}
              value={chosen}
              onChange={setChosen}
            />
          )}
          <Button
            size="small"
            tone="ghost"
            icon={<RefreshCw aria-hidden="true" />}
            isBusy={isBusy}
            onClick={onAgain}
          >
            Others
          </Button>
        </span>
      </CardHeader>
      {problem === undefined ? null : (
        <p role="status" className="px-4 py-3 text-ink-2">
          {problem}
        </p>
      )}
      {record === undefined ? null : (
        <>
          <dl className="flex flex-wrap gap-x-5 border-b border-line px-4 py-2 text-label">
            <div className="flex min-w-0 gap-1.5">
              <dt className="text-ink-2">Key</dt>
              <dd className="truncate font-[580]">{record.key ?? 'none'}</dd>
            </div>
            <div className="flex gap-1.5">
              <dt className="text-ink-2">Value</dt>
              <dd className="font-[580]">JSON, {formatBytes(recordBytes(record.value))}</dd>
            </div>
          </dl>
          <section
            aria-label="Sample record, value"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls must be reachable by keyboard.
            tabIndex={0}
            className="max-h-[340px] overflow-auto bg-sunken py-2.5 font-mono text-label leading-[19px]"
          >
            <NumberedLines text={record.value} />
          </section>
        </>
      )}
      {record === undefined && problem === undefined ? (
        <div aria-hidden="true" className="h-[252px] bg-sunken" />
      ) : null}
    </Card>
  )
}
