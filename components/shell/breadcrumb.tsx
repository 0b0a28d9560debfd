'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { paths } from '../../lib/paths.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Menu, MenuLink } from '../ui/menu.tsx'
import { PlaceSwitch, type SwitchAt } from './place-switch.tsx'

export interface Crumb {
  readonly text: string
  readonly href: string
  /** An environment or cluster, beside which another one can be chosen. */
  readonly switchAt?: SwitchAt
}

/** `Home / Environments / default / cluster / Topics / orders`: given crumbs, then the page's own. */
export function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const pathname = usePathname()
  const trail = [...crumbs, ...crumbsOfPage(pathname)].filter(
    (crumb, index, all) => all.findIndex((other) => keyOf(other) === keyOf(crumb)) === index,
  )
  const last = trail.length - 1
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex items-center gap-1.5">
        <CollapsedCrumbs
          crumbs={trail.slice(0, Math.max(0, last - 2))}
          className="hidden md:flex xl:hidden"
        />
        <CollapsedCrumbs crumbs={trail.slice(0, last)} className="flex md:hidden" />
        {trail.map((crumb, index) => (
          <li
            key={keyOf(crumb)}
            className={classNames(
              'min-w-0 items-center gap-1.5 whitespace-nowrap',
              // Narrow screens keep the last three, phones the last; a menu has the rest.
              index < last - 2 ? 'hidden xl:flex' : index < last ? 'hidden md:flex' : 'flex',
            )}
          >
            {index === last ? (
              <span aria-current="page" className="truncate font-[600] text-ink">
                {crumb.text}
              </span>
            ) : (
              <Link
                href={crumb.href}
                className="max-w-52 truncate rounded-sm text-ink-2 hover:text-ink"
              >
                {crumb.text}
              </Link>
            )}
            {crumb.switchAt === undefined ? null : <PlaceSwitch at={crumb.switchAt} />}
            {index === last ? null : <Slash />}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A cluster and its dashboard have one address. */
function keyOf({ href, text }: Crumb): string {
  return `${href} ${text}`
}

function CollapsedCrumbs({
  crumbs,
  className,
}: {
  readonly crumbs: readonly Crumb[]
  readonly className: string
}) {
  if (crumbs.length === 0) return null
  return (
    <li className={classNames('shrink-0 items-center gap-1.5', className)}>
      <Menu
        align="start"
        trigger={
          <IconButton label="Show path" size="small">
            <Ellipsis />
          </IconButton>
        }
      >
        {crumbs.map((crumb) => (
          <MenuLink key={keyOf(crumb)} href={crumb.href}>
            {crumb.text}
          </MenuLink>
        ))}
      </Menu>
      <Slash />
    </li>
  )
}

function Slash() {
  return (
    <span aria-hidden="true" className="text-line-2">
      /
    </span>
  )
}

const words: Record<string, string> = {
  'next-steps': 'Next steps',
  'api-keys': 'API Keys',
  create: 'Create key',
  topics: 'Topics',
  'create-topic': 'New topic',
  settings: 'Cluster Settings',
  clients: 'Clients',
  producers: 'Producers',
  consumers: 'Consumers',
  'consumer-lag': 'Consumer lag',
  'reset-offsets': 'Reset offsets',
  new: 'New client',
  metrics: 'Metrics',
  'add-cluster': 'Create cluster',
  environments: 'Environments',
  connectors: 'Connectors',
}

/** Below the connectors, where anything else is a name. */
const connectorWords: Record<string, string> = {
  plugins: 'Connector Plugins',
  create: 'Add connector',
}

/** The part of the address below the cluster (or of a page without one), in words. */
function crumbsOfPage(pathname: string): Crumb[] {
  const segments = pathname.split('/').slice(1)
  const base = placeLength(segments)
  const own = segments.slice(base)
  return own.flatMap((segment, index) => {
    const href = `/${segments.slice(0, base + index + 1).join('/')}`
    // A topic's legal characters are never escaped in an address.
    if (own[index - 1] === 'topics') return [{ text: segment, href }]
    if (own[0] === 'connectors' && index > 0) {
      const name = connectorWords[segment] ?? decodeURIComponent(segment)
      return index === 1 ? [{ text: name, href }] : []
    }
    const text = index === 0 && segment === 'overview' ? 'Cluster Overview' : words[segment]
    const before = segment === 'create-topic' ? [topicsCrumb(segments)] : []
    return text === undefined ? [] : [...before, { text, href }]
  })
}

/** How many segments say where we are before the page's own begin. */
function placeLength([root, envId, folder]: readonly string[]): number {
  if (root === 'settings') return 1
  if (root !== 'environments' || envId === undefined) return 0
  return folder === 'clusters' ? 4 : 2
}

function topicsCrumb(segments: readonly string[]): Crumb {
  const at = { envId: segments[1] ?? '', clusterId: segments[3] ?? '' }
  return { text: 'Topics', href: paths.topics(at) }
}
