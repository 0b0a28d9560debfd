import { type ClusterAt, clusterIn, paths, topicIn } from '../../lib/paths.ts'
import type { JumpTargets, Place } from '../../lib/queries/places.ts'
import type { SeenPage } from './seen-pages.ts'
import type { ThemeChoice } from './theme.ts'

/** What the command palette offers, as data: what it is called, where it leads, or what it does. */
export interface PaletteEntry {
  readonly id: string
  readonly group: PaletteGroup
  readonly text: string
  /** Where it lies, or which key it is: told apart by it, and found by it. */
  readonly detail?: string
  readonly does:
    | { readonly go: string }
    | { readonly copy: string; readonly done: string }
    | { readonly theme: ThemeChoice }
    | { readonly run: 'shortcuts' | 'sign-out' }
}

export const paletteGroups = [
  'Recent',
  'This topic',
  'Topics',
  'Connectors',
  'This cluster',
  'Clusters',
  'Environments',
  'API keys',
  'Go to',
  'Create',
  'Actions',
] as const
export type PaletteGroup = (typeof paletteGroups)[number]

export interface PaletteSources {
  readonly pathname: string
  readonly bootstrap: string
  readonly places: readonly Place[]
  readonly targets: JumpTargets | null
  /** Pages that were seen, newest first. */
  readonly recent: readonly SeenPage[]
}

/** Everything that can be offered on this page, in the order of the groups. */
export function paletteEntries(sources: PaletteSources): readonly PaletteEntry[] {
  const at = clusterIn(sources.pathname)
  return [
    ...sources.recent
      .filter(({ href }) => href !== sources.pathname)
      .map(({ href, text, detail }) => goTo('Recent', text, href, detail)),
    ...entriesInTopic(sources.pathname),
    ...(at === null ? [] : entriesInCluster(at, sources)),
    ...entriesOfPlaces(sources.places),
    goTo('Go to', 'Home', paths.home()),
    goTo('Go to', 'Environments', paths.environments()),
    goTo('Go to', 'Metrics', paths.metrics()),
    ...(at === null ? [] : entriesToCreateIn(at)),
    ...entriesToAddClusters(sources.places),
    {
      id: 'copy bootstrap',
      group: 'Actions',
      text: 'Copy bootstrap server',
      detail: sources.bootstrap,
      does: { copy: sources.bootstrap, done: 'Copied the bootstrap server.' },
    },
    ...(at === null ? [] : [copyId(at)]),
    theme('light', 'Use the light theme'),
    theme('dark', 'Use the dark theme'),
    theme('system', 'Use the system’s theme'),
    { id: 'shortcuts', group: 'Actions', text: 'Keyboard shortcuts', does: { run: 'shortcuts' } },
    { id: 'sign out', group: 'Actions', text: 'Sign out', does: { run: 'sign-out' } },
  ]
}

/** Of these kinds there may be thousands: without a text, a few stand for them. */
const withoutTextMax: Partial<Record<PaletteGroup, number>> = {
  Recent: 4,
  Topics: 4,
  Connectors: 4,
  'API keys': 0,
}

/** Those in which every word of the text occurs, by group. */
export function findEntries(
  entries: readonly PaletteEntry[],
  text: string,
): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter(({ text: name, detail = '', group }) => {
    const searched = `${name} ${detail} ${group}`.toLowerCase()
    return words.every((word) => searched.includes(word))
  })
  // What was seen comes first until something is typed: then what it names does.
  const [recent, ...others] = paletteGroups
  const order = words.length === 0 ? paletteGroups : [...others, recent]
  return order.flatMap((group) => {
    const most = words.length === 0 ? withoutTextMax[group] : undefined
    const ofGroup = found.filter((entry) => entry.group === group)
    return (group === 'Recent' ? ofGroup.filter(isSeenOnly(found, text)) : ofGroup).slice(0, most)
  })
}

/** Once something is typed, a page stands where it belongs, and among the recent ones if nowhere else. */
function isSeenOnly(found: readonly PaletteEntry[], text: string) {
  const leads = ({ does }: PaletteEntry) => ('go' in does ? does.go : undefined)
  const others = new Set(found.filter(({ group }) => group !== 'Recent').map(leads))
  return (entry: PaletteEntry) => text.trim() === '' || !others.has(leads(entry))
}

function entriesInTopic(pathname: string): readonly PaletteEntry[] {
  const at = topicIn(pathname)
  if (at === null) return []
  return [
    goTo('This topic', 'Overview', paths.topicOverview(at), at.topic),
    goTo('This topic', 'Messages', paths.topicMessages(at), at.topic),
    goTo('This topic', 'Configuration', paths.topicConfiguration(at), at.topic),
    goTo('This topic', 'Edit settings', paths.editTopic(at), at.topic),
    goTo('This topic', 'Produce new message', paths.topicMessages(at, { produce: '1' }), at.topic),
  ]
}

function entriesInCluster(
  at: ClusterAt,
  { targets, places }: PaletteSources,
): readonly PaletteEntry[] {
  const name = clusterName(at, places)
  return [
    ...(targets?.topics ?? []).map((topic) =>
      goTo('Topics', topic, paths.topic({ ...at, topic }), name),
    ),
    ...(targets?.connectors ?? []).map((connector) =>
      goTo('Connectors', connector, paths.connector({ ...at, connector }), name),
    ),
    goTo('This cluster', 'Cluster Overview', paths.cluster(at), name),
    goTo('This cluster', 'Topics', paths.topics(at), name),
    goTo('This cluster', 'Connectors', paths.connectors(at), name),
    goTo('This cluster', 'Clients', paths.producers(at), name),
    goTo('This cluster', 'Consumer lag', paths.consumerLag(at), name),
    goTo('This cluster', 'Explore metrics', paths.metrics({ cluster: at.clusterId }), name),
    goTo('This cluster', 'API Keys', paths.apiKeys(at), name),
    goTo('This cluster', 'Cluster Settings', paths.clusterSettings(at), name),
    goTo('This cluster', 'Next steps', paths.nextSteps(at), name),
    ...(targets?.apiKeys ?? []).map(({ key, description }) =>
      goTo('API keys', key, paths.apiKeys(at), description),
    ),
  ]
}

function entriesToCreateIn(at: ClusterAt): readonly PaletteEntry[] {
  return [
    goTo('Create', 'Create topic…', paths.createTopic(at)),
    goTo('Create', 'Create API key…', paths.createApiKey(at)),
    goTo('Create', 'Add connector…', paths.connectorPlugins(at)),
    goTo('Create', 'New client…', paths.buildClient(at)),
  ]
}

function entriesOfPlaces(places: readonly Place[]): readonly PaletteEntry[] {
  return places.flatMap(({ envId, name, clusters }) => [
    ...clusters.map((cluster) =>
      goTo('Clusters', cluster.name, paths.cluster({ envId, ...cluster }), name),
    ),
    goTo('Environments', name, paths.environment({ envId })),
  ])
}

function entriesToAddClusters(places: readonly Place[]): readonly PaletteEntry[] {
  return places.map(({ envId, name }) =>
    goTo('Create', 'Add cluster…', paths.addCluster({ envId }), `in ${name}`),
  )
}

function copyId(at: ClusterAt): PaletteEntry {
  return {
    id: 'copy id',
    group: 'Actions',
    text: 'Copy cluster ID',
    detail: at.clusterId,
    does: { copy: at.clusterId, done: 'Copied the cluster ID.' },
  }
}

function theme(choice: ThemeChoice, text: string): PaletteEntry {
  return { id: `theme ${choice}`, group: 'Actions', text, does: { theme: choice } }
}

function goTo(group: PaletteGroup, text: string, href: string, detail?: string): PaletteEntry {
  const entry = { id: `${group} ${href} ${text}`, group, text, does: { go: href } }
  return detail === undefined || detail === '' ? entry : { ...entry, detail }
}

function clusterName(at: ClusterAt, places: readonly Place[]): string | undefined {
  return places
    .flatMap(({ clusters }) => clusters)
    .find(({ clusterId }) => clusterId === at.clusterId)?.name
}
