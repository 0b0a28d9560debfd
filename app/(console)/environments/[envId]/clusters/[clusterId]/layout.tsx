import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Breadcrumb } from '@/components/shell/breadcrumb'
import { ClusterNav } from '@/components/shell/cluster-nav'
import { Frame } from '@/components/shell/frame'
import { readSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { findOwnCluster } from '@/lib/queries/ownership'

interface Props {
  readonly children: ReactNode
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** `Topics · kafka_tutorial_cluster · Tributary`. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const session = await readSession()
  const cluster = session === null ? null : await findOwnCluster(session, await params)
  if (cluster === null) return {}
  const name = `${cluster.name} · Tributary`
  return { title: { template: `%s · ${name}`, default: name } }
}

/** Frames the page. Who may see it is the page's own question: layouts do not rerun on navigation. */
export default async function ClusterLayout({ children, params }: Props) {
  const at = await params
  const session = await readSession()
  const cluster = session === null ? null : await findOwnCluster(session, at)
  if (session === null || cluster === null) return children
  const crumbs = [
    { text: 'Home', href: paths.home() },
    { text: 'Environments', href: paths.environments() },
    { text: cluster.environmentName, href: paths.environment(at), switchAt: { envId: at.envId } },
    { text: cluster.name, href: paths.cluster(at), switchAt: at },
  ]
  return (
    <Frame
      person={session}
      bootstrap={consoleSettings().bootstrap}
      breadcrumb={<Breadcrumb crumbs={crumbs} />}
      nav={
        <ClusterNav
          at={at}
          name={cluster.name}
          state={cluster.state}
          bootstrap={consoleSettings().bootstrap}
        />
      }
    >
      {children}
    </Frame>
  )
}
