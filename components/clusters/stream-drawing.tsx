import { formatPlural } from '../../lib/format/numbers.ts'
import type { ClusterFlows, Flow } from '../../lib/queries/cluster-flows.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import { formatChartValue } from '../charts/chart-unit.ts'
import { reachPx, rowPx, streamsOf } from './stream-geometry.ts'

/**
 * Who writes to a cluster at its left, who reads from it at its right, as wide as they write and
 * read. Names and rates are text; the Clients tables have the same.
 */
export function StreamDrawing({
  name,
  flows,
  topics,
  partitions,
}: {
  readonly name: string
  readonly flows: ClusterFlows
  readonly topics: number | null
  readonly partitions: number | null
}) {
  const { producing, consuming } = flows
  const heightPx = Math.max(2, producing.length, consuming.length) * rowPx
  const rates = [...producing, ...consuming].map(({ bytesPerSecond }) => bytesPerSecond ?? 0)
  const shared = { heightPx, atMost: Math.max(0, ...rates) }
  return (
    <figure
      aria-label={`What flows through ${name}`}
      className="hidden items-center justify-center bg-sunken px-4 py-2.5 sm:flex"
    >
      <Names label="Producers" flows={producing} isLeft />
      <Streams {...shared} flows={producing} colour="d1" isLeft />
      <div className="w-[178px] shrink-0 rounded-md border border-line-2 bg-sheet px-3 py-1.5 text-center">
        <div className="truncate text-label font-[580]" title={name}>
          {name}
        </div>
        <div className="text-tiny text-ink-3">
          {topics === null || partitions === null
            ? '–'
            : `${formatPlural(topics, 'topic')}, ${formatPlural(partitions, 'partition')}`}
        </div>
      </div>
      <Streams {...shared} flows={consuming} colour="d2" isLeft={false} />
      <Names label="Consumers" flows={consuming} isLeft={false} />
    </figure>
  )
}

/** Whether there is anything to draw. */
export function hasFlows(live: LiveCard): live is LiveCard & { readonly flows: ClusterFlows } {
  const { flows } = live
  return flows !== null && flows.producing.length + flows.consuming.length > 0
}

interface Side {
  readonly flows: readonly Flow[]
  readonly isLeft: boolean
}

function Names({ label, flows, isLeft }: Side & { readonly label: string }) {
  return (
    <ul aria-label={label} className={isLeft ? 'min-w-0 flex-1 text-right' : 'min-w-0 flex-1'}>
      {flows.map(({ name, bytesPerSecond }) => (
        <li
          key={name}
          className={
            isLeft ? 'flex flex-col justify-center pr-2.5' : 'flex flex-col justify-center pl-2.5'
          }
          style={{ height: rowPx }}
        >
          <span className="truncate text-label font-[540]" title={name}>
            {name}
          </span>
          <span className="text-tiny leading-[15px] text-ink-3">
            {bytesPerSecond === null
              ? 'Not measured yet'
              : formatChartValue(bytesPerSecond, 'bytesPerSecond')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Streams({
  flows,
  isLeft,
  colour,
  heightPx,
  atMost,
}: Side & {
  readonly colour: 'd1' | 'd2'
  readonly heightPx: number
  readonly atMost: number
}) {
  const streams = streamsOf(
    flows.map(({ bytesPerSecond }) => bytesPerSecond),
    { heightPx, atMost },
  )
  return (
    <svg
      aria-hidden="true"
      width={reachPx}
      height={heightPx}
      className={isLeft ? 'shrink-0' : 'shrink-0 -scale-x-100'}
    >
      {streams.map(({ key, path, widthPx, isIdle }) => (
        <path
          key={key}
          d={path}
          fill="none"
          stroke={isIdle ? 'var(--base)' : `var(--${colour})`}
          strokeWidth={widthPx}
          strokeOpacity={isIdle ? 1 : 0.85}
          {...(isIdle ? { strokeDasharray: '0.1 5', strokeLinecap: 'round' } : {})}
        />
      ))}
    </svg>
  )
}
