import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AddClusterLink } from '@/components/clusters/cluster-cards'
import { ClusterTable } from '@/components/clusters/cluster-table'
import { ThisMachine } from '@/components/clusters/this-machine'
import { Page } from '@/components/shell/page'
import { ButtonLink } from '@/components/ui/button'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { requireSession, type SignedIn } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { type ClusterRow, listAllClusters } from '@/lib/queries/clusters'
import { listEnvironments } from '@/lib/queries/environments'
import { readLiveCards } from '@/lib/queries/live'

export const metadata: Metadata = { title: 'Home' }

export default async function HomePage() {
  const session = await requireSession(paths.home())
  const [[environment], clusters] = await Promise.all([
    listEnvironments(session),
    listAllClusters(session),
  ])
  const { bootstrap, kafkaPorts, securityProtocols } = consoleSettings()
  const addCluster =
    environment === undefined ? (
      <ButtonLink href={paths.environments()} tone="primary">
        Add environment
      </ButtonLink>
    ) : (
      <AddClusterLink envId={environment.id} />
    )
  const viewEnvironments = <ButtonLink href={paths.environments()}>View environments</ButtonLink>
  return (
    <Page>
      {clusters.length === 0 ? (
        <>
          <PageHeader title="Welcome to Tributary">{viewEnvironments}</PageHeader>
          <FirstVisit addCluster={addCluster} />
        </>
      ) : (
        <>
          <PageHeader title={`Welcome back, ${firstName(session.name)}`}>
            {viewEnvironments}
            {addCluster}
          </PageHeader>
          <div className="grid grid-cols-1 items-start gap-x-5 gap-y-4 xl:grid-cols-[minmax(0,1fr)_300px]">
            <div className="flex min-w-0 flex-col gap-4">
              <Clusters session={session} clusters={clusters} />
              <GoOn cluster={clusters.at(-1)} />
            </div>
            <ThisMachine
              bootstrap={bootstrap}
              kafkaPorts={kafkaPorts}
              securityProtocols={securityProtocols}
            />
          </div>
        </>
      )}
      <p className="text-label text-ink-3">Tributary is not affiliated with Confluent, Inc.</p>
    </Page>
  )
}

function FirstVisit({ addCluster }: { readonly addCluster: ReactNode }) {
  return (
    <div className="rounded-lg border border-line">
      <div className="grid grid-cols-1 items-center gap-x-10 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex flex-col items-start gap-4 p-6">
          <div className="flex flex-col gap-1.5">
            <h2 className="text-empty tracking-[-0.008em]">Set your data in motion</h2>
            <p className="max-w-[520px] text-ink-2">
              A cluster holds topics; an API key lets programs in. Both take seconds, and everything
              runs on this machine. Start here, then produce a first message by hand or with any
              Kafka client.
            </p>
          </div>
          {addCluster}
        </div>
        <MapDrawing kind="dry" className="hidden w-full lg:block" />
      </div>
      <ol className="grid grid-cols-1 divide-line border-t border-line max-md:divide-y md:grid-cols-3 md:divide-x">
        <Stage number={1} title="Cluster">
          Type, region and a name. A Basic cluster is ready in less than a second.
        </Stage>
        <Stage number={2} title="API key">
          What a program signs in with, downloaded as a file with its secret.
        </Stage>
        <Stage number={3} title="Topic and messages">
          Produce the first one by hand, and watch what programs write as it arrives.
        </Stage>
      </ol>
    </div>
  )
}

function Stage({
  number,
  title,
  children,
}: {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <li className="flex gap-3 px-6 py-4">
      <span
        aria-hidden="true"
        className="flex size-5 shrink-0 items-center justify-center rounded-full border border-control text-tiny text-ink-2"
      >
        {number}
      </span>
      <div>
        <h3 className="text-body">{title}</h3>
        <p className="text-ink-2">{children}</p>
      </div>
    </li>
  )
}

/** A way on from the newest cluster. */
function GoOn({ cluster }: { readonly cluster: ClusterRow | undefined }) {
  if (cluster === undefined) return null
  const at = { envId: cluster.envId, clusterId: cluster.id }
  return (
    <section
      aria-labelledby="go-on"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed border-line-2 px-4 py-3.5"
    >
      <Compass aria-hidden="true" className="size-5 shrink-0 stroke-[1.75] text-ink-3" />
      <div className="min-w-0 flex-1 basis-64">
        <h2 id="go-on" className="text-body">
          Not sure where to go on?
        </h2>
        <p className="text-ink-2">
          The next steps of {cluster.name}: a key for a program, a topic for its messages.
        </p>
      </div>
      <ButtonLink href={paths.nextSteps(at)}>See next steps</ButtonLink>
    </section>
  )
}

async function Clusters({
  session,
  clusters,
}: {
  readonly session: SignedIn
  readonly clusters: readonly ClusterRow[]
}) {
  const cards = await readLiveCards(session)
  return <ClusterTable clusters={clusters} initial={'ok' in cards ? cards.ok : []} />
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
