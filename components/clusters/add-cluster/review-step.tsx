import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { availabilityWord } from '../../../lib/format/availabilities.ts'
import type { LaunchableType } from '../../../lib/format/cluster-types.ts'
import type { AddClusterChoices, AddClusterOptions } from '../../../lib/queries/add-cluster.ts'
import { TextField } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { formatLimit } from '../limit-values.tsx'
import { typeName } from '../type-name.ts'

export interface ReviewStepProps {
  readonly chosen: AddClusterChoices
  readonly options: AddClusterOptions
  readonly offer: LaunchableType
  readonly bootstrap: string
  readonly name: string
  readonly onName: (name: string) => void
  readonly nameError: string | undefined
  readonly regionError: string | undefined
  readonly hrefOf: (step: AddClusterChoices['step']) => string
}

const views = [
  { value: 'configuration', label: 'Configuration & cost' },
  { value: 'limits', label: 'Usage limits' },
  { value: 'uptime', label: 'Uptime SLA' },
] as const

export function ReviewStep(props: ReviewStepProps) {
  const [view, setView] = useState<(typeof views)[number]['value']>('configuration')
  return (
    <>
      <div className="max-w-[420px]">
        <TextField
          label="Cluster name"
          required
          isLarge
          autoFocus
          autoComplete="off"
          value={props.name}
          onChange={(event) => props.onName(event.target.value)}
          error={props.nameError}
          hint="Shown in the console only. You can rename it later."
        />
      </div>
      <div className="flex flex-col items-start gap-3">
        <Segmented label="Review" options={views} value={view} onChange={setView} />
        <div className="w-full">
          {view === 'configuration' ? <Configuration {...props} /> : null}
          {view === 'limits' ? <UsageLimits {...props} /> : null}
          {view === 'uptime' ? <Uptime {...props} /> : null}
        </div>
      </div>
      <Note>
        Provider and region are <b>names only</b>. The cluster runs on this machine at{' '}
        <code className="text-label">{props.bootstrap}</code>; nothing leaves it.
      </Note>
    </>
  )
}

function Configuration({ chosen, options, hrefOf, regionError }: ReviewStepProps) {
  const provider = options.providers.find(({ id }) => id === chosen.provider)
  const region = provider?.regions.find(({ id }) => id === chosen.region)
  return (
    <>
      <dl className="border-t border-line-2">
        <Line term="Cluster type" href={hrefOf('type')}>
          {typeName(chosen.type)}
        </Line>
        <Line term="Provider*" href={hrefOf('region')}>
          {provider?.name ?? chosen.provider}
        </Line>
        <Line term="Region*" href={hrefOf('region')}>
          {region === undefined ? chosen.region : `${region.name} (${region.id})`}
          {regionError === undefined ? null : (
            <span className="block text-label font-[400] text-red">{regionError}</span>
          )}
        </Line>
        <Line term="Availability*" href={hrefOf('region')}>
          {availabilityWord(chosen.availability)}
        </Line>
        <Line term="Networking*">This machine</Line>
      </dl>
      <p className="mt-3 text-label text-ink-3">
        Settings marked with an asterisk (*) cannot be changed once you launch your cluster.
      </p>
    </>
  )
}

function UsageLimits({ chosen, options, offer }: ReviewStepProps) {
  return (
    <>
      <dl className="border-t border-line-2">
        {options.limits[chosen.type].map((limit) => (
          <Line key={limit.name} term={limit.label}>
            {formatLimit(limit)}
          </Line>
        ))}
      </dl>
      <p className="mt-3 text-label text-ink-3">Enforced by the broker on this machine.</p>
      <h2 className="mt-5 mb-2 text-body">On Confluent Cloud</h2>
      <dl className="border-t border-line-2">
        {offer.onConfluentCloud.map(({ what, value }) => (
          <Line key={what} term={what} isQuiet>
            {value}
          </Line>
        ))}
      </dl>
      <p className="mt-3 text-label text-ink-3">
        Confluent's limits for a cluster of this type. Here nothing limits them but this machine.
      </p>
    </>
  )
}

function Uptime({ offer }: ReviewStepProps) {
  return (
    <>
      <h2 className="mb-2 text-body">On Confluent Cloud</h2>
      <dl className="border-t border-line-2">
        <Line term="Uptime SLA" isQuiet>
          {offer.uptime}
        </Line>
      </dl>
      <p className="mt-3 max-w-[560px] text-label text-ink-3">
        This machine promises no uptime. What a program was told is written is on disk, and still
        there after a crash.
      </p>
    </>
  )
}

function Line({
  term,
  href,
  isQuiet = false,
  children,
}: {
  readonly term: string
  /** Where it is changed; absent where it cannot be. */
  readonly href?: string
  readonly isQuiet?: boolean
  readonly children: ReactNode
}) {
  return (
    <div className="grid min-h-10 grid-cols-[minmax(120px,224px)_minmax(0,1fr)_auto] items-center gap-4 border-b border-line py-1.5">
      <dt className="text-ink-2">{term}</dt>
      <dd className={isQuiet ? 'text-ink-2' : 'font-[580]'}>{children}</dd>
      {href === undefined ? null : (
        <dd>
          <Link
            href={href}
            aria-label={`Change ${term.replace('*', '').toLowerCase()}`}
            className="rounded-sm font-[560] text-river hover:underline"
          >
            Change
          </Link>
        </dd>
      )}
    </div>
  )
}
