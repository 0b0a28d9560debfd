import type { ConsumerGroup, GroupMember } from '../../lib/format/consumer-groups.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { Card } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { ConsumerBox, IdleBox } from './consumer-box.tsx'
import { consumerColour } from './group-look.ts'
import { type GroupPace, paceOf } from './group-pace.ts'
import { idleSentence, type LaneBlock, type TopicLanes, topicLanes } from './lag-lanes.ts'
import { behindFill, LagLane } from './lane.tsx'

/** From this many lanes on they are thin, and say less. */
const tallLanesMax = 12

/**
 * Which consumer reads which partition, and how far each has come: one lane per partition, an arrow
 * to who reads it, a dashed box for who has nothing to read.
 */
export function LagDrawing({
  group,
  pace,
}: {
  readonly group: ConsumerGroup
  readonly pace: GroupPace | null
}) {
  return topicLanes(group).map((lanes, index) => (
    <Card key={lanes.topic} label={`Partitions of ${lanes.topic} and who reads them`}>
      <DrawingHead lanes={lanes} />
      <ul className="flex flex-col gap-6 px-4 py-6">
        {lanes.blocks.map((block) => (
          <Block
            key={block.member?.memberId ?? 'nobody'}
            block={block}
            group={group}
            pace={pace}
            isThin={countOf(lanes) > tallLanesMax}
          />
        ))}
        {index === 0 ? <Idle group={group} /> : null}
      </ul>
    </Card>
  ))
}

function countOf({ blocks }: TopicLanes): number {
  return blocks.reduce((count, { lanes }) => count + lanes.length, 0)
}

function DrawingHead({ lanes }: { readonly lanes: TopicLanes }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5">
        <h3 className="text-body break-all">{lanes.topic}</h3>
        <span className="text-label text-ink-2">
          {lanes.messagesShown === 1
            ? 'last message of each partition'
            : `last ${formatCount(lanes.messagesShown)} messages of each partition, newest at the right`}
          {lanes.leftOut === 0
            ? ''
            : `; the table has ${formatPlural(lanes.leftOut, 'more partition')}`}
        </span>
      </div>
      <div aria-hidden="true" className="flex items-center gap-4 text-label text-ink-2">
        <span className="flex items-center gap-1.5">
          <span className="h-2.5 w-4 rounded-[2px] bg-s1" />
          read
        </span>
        <span className="flex items-center gap-1.5">
          <span className="h-2.5 w-4 rounded-[2px] border border-d1" style={behindFill} />
          behind
        </span>
      </div>
    </div>
  )
}

function Block({
  block: { member, memberIndex, lanes },
  group,
  pace,
  isThin,
}: {
  readonly block: LaneBlock
  readonly group: ConsumerGroup
  readonly pace: GroupPace | null
  readonly isThin: boolean
}) {
  const colour = member === null ? null : consumerColour(memberIndex)
  const paces = lanes.map(({ at }) => paceOf(pace, at))
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(150px,216px)]">
      <ul className={classNames('flex min-w-0 flex-col', isThin ? 'gap-2' : 'gap-5')}>
        {lanes.map((lane, index) => (
          <LagLane
            key={lane.at.partition}
            lane={lane}
            colour={colour}
            isThin={isThin}
            written={paces[index]?.written ?? null}
          />
        ))}
      </ul>
      {member === null ? (
        <Nobody group={group} />
      ) : (
        <ConsumerBox
          member={member}
          colour={consumerColour(memberIndex)}
          partitions={lanes.map(({ at }) => at.partition)}
          read={paces.map(({ read }) => read)}
        />
      )}
    </li>
  )
}

/** Why nothing stands at the right of lanes that nobody reads. */
function Nobody({ group: { state } }: { readonly group: ConsumerGroup }) {
  const isSettling = state === 'PreparingRebalance' || state === 'CompletingRebalance'
  return (
    <p className="self-center pl-2 text-label text-ink-2">
      {isSettling
        ? 'The group is sharing its partitions out anew.'
        : state === 'Empty'
          ? 'Nobody reads: the group has no members.'
          : 'No member of the group reads here.'}
    </p>
  )
}

function Idle({ group }: { readonly group: ConsumerGroup }) {
  const sentence = idleSentence(group)
  if (sentence === null) return null
  const idle = group.members.filter(({ assigned }) => assigned?.length === 0)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(150px,216px)]">
      <div className="flex min-w-0 items-center justify-end gap-2.5 pr-2">
        <span className="text-right text-label text-ink-2">{sentence}</span>
        <span
          aria-hidden="true"
          className="h-2.5 w-[12%] min-w-8 shrink-0 border-l border-ink-3 bg-[linear-gradient(to_right,var(--ink-3)_50%,transparent_50%)] bg-[length:6px_1px] bg-left bg-repeat-x"
        />
      </div>
      <ul className="flex min-w-0 flex-col gap-2">
        {idle.map((member: GroupMember) => (
          <IdleBox key={member.memberId} member={member} />
        ))}
      </ul>
    </li>
  )
}
