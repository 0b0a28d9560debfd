'use client'

import Link from 'next/link'
import { useState } from 'react'
import { whyActive } from '../../lib/format/group-activity.ts'
import type { PlannedOffset } from '../../lib/format/offset-reset.ts'
import { resetCommand } from '../../lib/format/reset-command.ts'
import { parseReset, type ResetQuery } from '../../lib/format/reset-query.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ResetView } from '../../lib/queries/offset-reset.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useFollowed } from '../live/use-followed.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { CommandBlock } from '../ui/command-block.tsx'
import { Note } from '../ui/note.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { DryRun } from './dry-run.tsx'
import { groupLooks } from './group-look.ts'
import { ResetConfirm } from './reset-confirm.tsx'
import { effectOf } from './reset-effect.ts'
import { ResetForm } from './reset-form.tsx'

/** Members stop and start while this is open, and topics go on: it is looked at often. */
const pollMs = 2000

/** Where a group shall read on: the choice at the left; the dry run and the command at the right. */
export function ResetOffsets({
  at,
  initial,
  asked,
  topics,
  bootstrap,
}: {
  readonly at: ClusterAt
  readonly initial: ResetView
  /** What the address says. */
  readonly asked: ResetQuery
  /** Of the cluster, as many as can be chosen from. */
  readonly topics: readonly string[]
  readonly bootstrap: string
}) {
  const { groupId } = initial
  const [query, setQuery] = useState(asked)
  const [view, setView] = useState(initial)
  const [confirmed, setConfirmed] = useState<readonly PlannedOffset[]>()
  const status = useFollowed({
    ...{ streamUrl: null, pollUrl: paths.resetPlan(at, { group: groupId, ...query }), pollMs },
    onUpdate: (text) => setView(JSON.parse(text)),
    goneMessage: `There is no consumer group ${groupId} any more.`,
  })
  const isCurrent = isAnswerTo(view, query)
  const plan = isCurrent ? view.plan : null
  const active = whyActive(view)

  function change(part: ResetQuery) {
    const next = { ...query, ...part }
    setQuery(next)
    history.replaceState(null, '', paths.resetOffsets(at, { group: groupId, ...next }))
  }

  return (
    <>
      <PageHeader
        title={`Reset offsets of ${groupId}`}
        badge={<StateBadge state={groupLooks[view.state]} isPill />}
      >
        <LiveMark status={status} takenMs={view.takenMs} />
        <ButtonLink href={paths.consumerLag(at, { group: groupId })}>Cancel</ButtonLink>
        <Button
          tone="primary"
          disabledReason={active ?? whyNothing(plan) ?? undefined}
          onClick={() => setConfirmed(plan ?? undefined)}
        >
          Reset offsets
        </Button>
      </PageHeader>
      {active === null ? null : (
        <Note kind="caution">
          {active} Kafka moves the offsets of a group only while nobody is in it. The dry run can be
          looked at meanwhile.
        </Note>
      )}
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,380px)_minmax(0,1fr)]">
        <ResetForm
          query={query}
          topics={[...new Set([...view.topics, ...topics])]}
          problem={isCurrent ? view.problem : null}
          onChange={change}
        />
        <div className="flex min-w-0 flex-col gap-4">
          <DryRun view={isCurrent ? view : null} />
          <Command {...{ at, bootstrap, groupId, query }} />
        </div>
      </div>
      {confirmed === undefined ? null : (
        <ResetConfirm
          {...{ at, groupId, active }}
          plan={confirmed}
          onClose={() => setConfirmed(undefined)}
        />
      )}
    </>
  )
}

/** The answer to an earlier form must not be carried out. */
function isAnswerTo({ asked }: ResetView, query: ResetQuery): boolean {
  const fields = ['topic', 'partitions', 'to', 'value'] as const
  return fields.every((field) => (asked[field] ?? '') === (query[field] ?? ''))
}

function whyNothing(plan: ResetView['plan']): string | null {
  if (plan === null) return 'Say where the group shall go on reading'
  return effectOf(plan).changed === 0 ? 'Nothing would change' : null
}

const linkLook = 'rounded-sm underline decoration-river-line underline-offset-[3px]'

function Command({
  at,
  bootstrap,
  groupId,
  query,
}: {
  readonly at: ClusterAt
  readonly bootstrap: string
  readonly groupId: string
  readonly query: ResetQuery
}) {
  const [run, setRun] = useState<'dry-run' | 'execute'>('dry-run')
  const asked = parseReset(query)
  return (
    <Card label="The same with Kafka’s tools">
      <CardHeader title="The same with Kafka’s tools">
        <Segmented
          label="What the command does"
          options={[
            { value: 'dry-run', label: 'Dry run' },
            { value: 'execute', label: 'Execute' },
          ]}
          value={run}
          onChange={setRun}
        />
      </CardHeader>
      <div className="flex flex-col gap-2 px-4 py-3">
        {'problem' in asked ? (
          <p className="text-ink-2">The command is here once the fields are filled in.</p>
        ) : (
          <CommandBlock isWrapped text={resetCommand({ bootstrap, groupId, run, ...asked })} />
        )}
        <p className="text-label text-ink-3">
          <Link href={paths.buildClient(at, { language: 'kafka-cli' })} className={linkLook}>
            New client
          </Link>{' '}
          makes <code>client.properties</code> for Kafka’s tools. The command looks at the topics
          when it runs: the latest offset may be a later one then.
        </p>
      </div>
    </Card>
  )
}
