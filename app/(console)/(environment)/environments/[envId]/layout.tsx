import type { ReactNode } from 'react'
import { Breadcrumb } from '@/components/shell/breadcrumb'
import { Frame } from '@/components/shell/frame'
import { OrganisationNav } from '@/components/shell/organisation-nav'
import { readSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { findOwnEnvironment } from '@/lib/queries/ownership'

interface Props {
  readonly children: ReactNode
  readonly params: Promise<{ envId: string }>
}

/** Frames the page. Who may see it is the page's own question: layouts do not rerun on navigation. */
export default async function EnvironmentLayout({ children, params }: Props) {
  const { envId } = await params
  const session = await readSession()
  const environment = session === null ? null : await findOwnEnvironment(session, envId)
  if (session === null || environment === null) return children
  const crumbs = [
    { text: 'Home', href: paths.home() },
    { text: 'Environments', href: paths.environments() },
    { text: environment.name, href: paths.environment({ envId }), switchAt: { envId } },
  ]
  return (
    <Frame
      person={session}
      bootstrap={consoleSettings().bootstrap}
      breadcrumb={<Breadcrumb crumbs={crumbs} />}
      nav={<OrganisationNav bootstrap={consoleSettings().bootstrap} />}
    >
      {children}
    </Frame>
  )
}
