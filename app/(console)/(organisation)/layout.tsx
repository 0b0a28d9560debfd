import type { ReactNode } from 'react'
import { Breadcrumb } from '@/components/shell/breadcrumb'
import { Frame } from '@/components/shell/frame'
import { OrganisationNav } from '@/components/shell/organisation-nav'
import { readSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'

/** Frames the page. Who may see it is the page's own question: layouts do not rerun on navigation. */
export default async function OrganisationLayout({ children }: { readonly children: ReactNode }) {
  const session = await readSession()
  if (session === null) return children
  return (
    <Frame
      person={session}
      bootstrap={consoleSettings().bootstrap}
      breadcrumb={<Breadcrumb crumbs={[{ text: 'Home', href: paths.home() }]} />}
      nav={<OrganisationNav bootstrap={consoleSettings().bootstrap} />}
    >
      {children}
    </Frame>
  )
}
