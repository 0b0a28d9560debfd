import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { ButtonLink } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { LinkTabs } from '../ui/tabs.tsx'

const tabs = [
  { name: 'producers', text: 'Producers', href: (at: ClusterAt) => paths.producers(at) },
  { name: 'consumers', text: 'Consumers', href: (at: ClusterAt) => paths.consumers(at) },
  { name: 'lag', text: 'Consumer lag', href: (at: ClusterAt) => paths.consumerLag(at) },
] as const

/** Title, tabs and *New client*, the same on each of the three lists. */
export function ClientsHeader({
  at,
  current,
  children,
}: {
  readonly at: ClusterAt
  readonly current: (typeof tabs)[number]['name']
  /** How fresh the list is. */
  readonly children?: ReactNode
}) {
  return (
    <>
      <PageHeader title="Clients">
        {children}
        <ButtonLink href={paths.buildClient(at)} tone="primary" icon={<Plus aria-hidden="true" />}>
          New client
        </ButtonLink>
      </PageHeader>
      <LinkTabs
        label="Clients"
        tabs={tabs.map(({ name, text, href }) => ({
          text,
          href: href(at),
          isCurrent: name === current,
        }))}
      />
    </>
  )
}
