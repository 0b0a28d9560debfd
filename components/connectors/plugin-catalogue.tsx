'use client'

import { Sprout } from 'lucide-react'
import { useState } from 'react'
import {
  connectorPlugins,
  findPlugin,
  type PluginLook,
} from '../../lib/format/connector-plugins.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import { SearchField } from '../ui/search-field.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { LaunchSampleData } from './launch-sample-data.tsx'

/** What can be added, to be searched through; a card opens what adds it. */
export function PluginCatalogue({
  at,
  templates,
  isAlone,
}: {
  readonly at: ClusterAt
  /** Of the one that has sample data. */
  readonly templates: readonly TemplateChoice[]
  /** In the place of a list without connectors. */
  readonly isAlone: boolean
}) {
  const [hrefOf] = useState(() => (plugin: string) => {
    const query = { plugin: plugin === '' ? undefined : plugin }
    return isAlone ? paths.connectors(at, query) : paths.connectorPlugins(at, query)
  })
  const [open, setOpen] = useAddressState(pluginIn, hrefOf)
  const [text, setText] = useState('')
  const found = connectorPlugins.filter((plugin) => isFound(plugin, text))
  const opened = findPlugin(open)
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label="Search connectors" value={text} onChange={setText} hasShortcut />
        <span role="status" className="text-label text-ink-2">
          Displaying {formatPlural(found.length, 'connector')}
        </span>
      </div>
      {found.length === 0 ? (
        <p className="text-ink-2">
          No connector of this installation has “{text.trim()}” in its name.
        </p>
      ) : (
        <ul
          aria-label="Connector plugins"
          className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3"
        >
          {found.map((plugin) => (
            <li key={plugin.pluginClass}>
              <PluginCard plugin={plugin} onOpen={() => setOpen(plugin.pluginClass)} />
            </li>
          ))}
        </ul>
      )}
      {opened?.hasSampleData ? (
        <LaunchSampleData
          at={at}
          pluginClass={opened.pluginClass}
          templates={templates}
          onClose={() => setOpen('')}
        />
      ) : null}
    </>
  )
}

function PluginCard({
  plugin,
  onOpen,
}: {
  readonly plugin: PluginLook
  readonly onOpen: () => void
}) {
  return (
    <button
      type="button"
      aria-label={plugin.displayName}
      onClick={onOpen}
      className="flex h-full w-full cursor-pointer gap-3.5 rounded-lg border border-line-2 bg-sheet p-4 text-left hover:bg-hover"
    >
      <span
        aria-hidden="true"
        className="flex size-9 shrink-0 items-center justify-center rounded-md bg-sunken text-river"
      >
        <Sprout className="size-5 stroke-[1.75]" />
      </span>
      <span className="flex min-w-0 flex-col gap-1.5">
        <span>
          {plugin.also === undefined ? null : (
            <span className="block text-label text-ink-2">{plugin.also}</span>
          )}
          <span className="text-section font-[620] tracking-[-0.008em]">{plugin.displayName}</span>
        </span>
        <span className="text-ink-2">{plugin.description}</span>
        <span className="flex flex-wrap gap-1.5 pt-1">
          {['Source', ...plugin.tags].map((tag) => (
            <span
              key={tag}
              className="rounded-sm border border-line-2 px-1.5 py-px text-label text-ink-2"
            >
              {tag}
            </span>
          ))}
        </span>
      </span>
    </button>
  )
}

function pluginIn(query: Pick<URLSearchParams, 'get'>): string {
  return query.get('plugin') ?? ''
}

function isFound({ displayName, also = '', pluginClass }: PluginLook, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [displayName, also, pluginClass].some((name) => name.toLowerCase().includes(wanted))
}
