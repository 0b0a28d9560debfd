'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment } from 'react'
import { paths } from '../../lib/paths.ts'
import { classNames } from '../ui/class-names.ts'

export interface Crumb {
  readonly text: string
  readonly href: string
}

/** `Home / Environments / default / cluster / Topics / orders`: given crumbs, then the page's own. */
export function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const pathname = usePathname()
  const trail = [...crumbs, ...crumbsOfPage(pathname)].filter(
    (crumb, index, all) => all.findIndex((other) => other.href === crumb.href) === index,
  )
  const last = trail.findLastIndex(() => true)
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex items-center gap-1.5 overflow-hidden">
        {trail.map((crumb, index) => (
          <Fragment key={crumb.href}>
            <li
              className={classNames(
                'min-w-0 items-center gap-1.5 whitespace-nowrap',
                // Narrow screens keep the last three, phones the last.
                index < last - 2 ? 'hidden xl:flex' : index < last ? 'hidden md:flex' : 'flex',
              )}
            >
              {index === last ? (
                <span aria-current="page" className="truncate font-[600] text-ink">
                  {crumb.text}
                </span>
              ) : (
                <>
                  <Link href={crumb.href} className="truncate rounded-sm text-ink-2 hover:text-ink">
                    {crumb.text}
                  </Link>
                  <span aria-hidden="true" className="text-line-2">
                    /
                  </span>
                </>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  )
}

const words: Record<string, string> = {
  'api-keys': 'API Keys',
  create: 'Create key',
  topics: 'Topics',
  'create-topic': 'New topic',
  settings: 'Cluster Settings',
  'add-cluster': 'Create cluster',
  environments: 'Environments',
}

/** The part of the address below the cluster (or of a page without one), in words. */
function crumbsOfPage(pathname: string): Crumb[] {
  const segments = pathname.split('/').slice(1)
  const base = segments[0] === 'environments' ? (segments[2] === 'clusters' ? 4 : 2) : 0
  const own = segments.slice(base)
  return own.flatMap((segment, index) => {
    const href = `/${segments.slice(0, base + index + 1).join('/')}`
    // A topic's legal characters are never escaped in an address.
    if (own[index - 1] === 'topics') return [{ text: segment, href }]
    const text = words[segment]
    const before = segment === 'create-topic' ? [topicsCrumb(segments)] : []
    return text === undefined ? [] : [...before, { text, href }]
  })
}

function topicsCrumb(segments: readonly string[]): Crumb {
  const at = { envId: segments[1] ?? '', clusterId: segments[3] ?? '' }
  return { text: 'Topics', href: paths.topics(at) }
}
