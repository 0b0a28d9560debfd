'use client'

import { ListFilter } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useState } from 'react'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { MetricResources } from '../../lib/queries/metrics-explorer.ts'
import { fetchJson } from '../shell/fetch-json.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { type Explored, kindWords } from './explored.ts'

interface Props {
  readonly at: ClusterAt
  readonly kind: Explored['by']
  /** Empty: the busiest are shown. */
  readonly chosen: readonly string[]
  readonly onChoose: (resources: readonly string[]) => void
}

const linesMax = 6

/** Which topics, clients or connectors have a line; the busiest as long as none is chosen. */
export function ResourcePicker(props: Props) {
  const { kind, chosen } = props
  const { many } = kindWords[kind]
  const text = chosen.length === 0 ? `Busiest ${many}` : `${chosen.length} ${many}`
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button icon={<ListFilter aria-hidden="true" />} aria-label={`Resources: ${text}`}>
          {text}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Which ${many}`}
          className="z-50 flex max-h-[380px] w-80 flex-col gap-2 overflow-hidden rounded-lg bg-sheet p-3 shadow-pop"
        >
          <Choices {...props} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Mounted while open: what there is, is asked for then. */
function Choices({ at, kind, chosen, onChoose }: Props) {
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<MetricResources | null>(null)
  const { envId, clusterId } = at
  useEffect(() => {
    const stop = new AbortController()
    const path = paths.metricResources({ envId, clusterId }, { kind, search })
    void fetchJson<MetricResources>(path, stop.signal).then((answer) => {
      if (answer !== null) setFound(answer)
    })
    return () => stop.abort()
  }, [envId, clusterId, kind, search])
  const { many, one } = kindWords[kind]
  const options = listOf(found, chosen)
  return (
    <>
      <SearchField
        label={`Search ${many}`}
        className="max-w-none"
        value={search}
        onChange={setSearch}
      />
      <div className="flex min-h-0 flex-col gap-0.5 overflow-y-auto">
        {options.map(({ resource, name }) => (
          <Checkbox
            key={resource}
            label={name}
            isChecked={chosen.includes(resource)}
            onChange={(isChecked) =>
              onChoose(
                isChecked
                  ? [...chosen, resource].slice(-linesMax)
                  : chosen.filter((other) => other !== resource),
              )
            }
          />
        ))}
        {found !== null && options.length === 0 ? (
          <p className="text-ink-2">
            {search === '' ? `Nothing was measured of any ${one}.` : `Nothing matches “${search}”.`}
          </p>
        ) : null}
      </div>
      <div className="flex items-center justify-between gap-3 border-t border-line pt-2 text-label text-ink-2">
        <span role="status">
          {found !== null && found.total > found.resources.length
            ? `The first ${found.resources.length} of ${formatCount(found.total)}`
            : `At most ${formatPlural(linesMax, 'line')}`}
        </span>
        {chosen.length === 0 ? null : (
          <Button size="small" onClick={() => onChoose([])}>
            Busiest {many}
          </Button>
        )}
      </div>
    </>
  )
}

/** What was found; what is chosen stays in the list though the search is for something else. */
function listOf(found: MetricResources | null, chosen: readonly string[]) {
  const listed = (found?.resources ?? []).map(({ resource, name, isPresent }) => ({
    resource,
    name: `${name || 'No client ID'}${isPresent ? '' : ' (gone)'}`,
  }))
  const others = chosen
    .filter((resource) => !listed.some((one) => one.resource === resource))
    .map((resource) => ({ resource, name: resource.slice(resource.indexOf(':') + 1) }))
  return [...others, ...listed]
}
