import { AppWindow, KeyRound, Layers, Plug, X } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ClusterStateBadge } from '@/components/clusters/cluster-state-badge'
import { RefreshWhileChanging } from '@/components/clusters/refresh-while-changing'
import { Page } from '@/components/shell/page'
import { ButtonLink } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-button'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { consoleSettings } from '@/lib/env'
import { clusterStates } from '@/lib/format/cluster-states'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Next steps' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function NextStepsPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.nextSteps(at))
  return (
    <Page>
      {cluster.state === 'running' ? null : <RefreshWhileChanging />}
      <PageHeader
        title="What do you want to do next?"
        badge={<ClusterStateBadge state={cluster.state} isPill />}
        meta={
          <>
            <span>
              {clusterStates[cluster.state].speaksKafka
                ? `You're all done creating ${cluster.name}.`
                : `${cluster.name} is not running yet.`}
            </span>
            <CopyText text={consoleSettings().bootstrap} label="Copy bootstrap server" />
          </>
        }
      >
        <ButtonLink href={paths.cluster(at)} icon={<X aria-hidden="true" />}>
          Go to the cluster
        </ButtonLink>
      </PageHeader>
      <ol className="flex max-w-[880px] flex-col divide-y divide-line rounded-lg border border-line">
        <Step
          icon={<KeyRound />}
          title="Let a program in"
          action={
            <ButtonLink href={paths.createApiKey(at)} tone="primary">
              Create key
            </ButtonLink>
          }
        >
          A program signs in with an API key and its secret. Make one and download both as a file.
        </Step>
        <Step
          icon={<Layers />}
          title="Make a place for messages"
          action={<ButtonLink href={paths.createTopic(at)}>Create topic</ButtonLink>}
        >
          A topic is a named stream of records. On its page you can produce the first message by
          hand, with sample data already filled in.
        </Step>
        <Step
          icon={<Plug />}
          title="Produce sample data"
          action={
            <ButtonLink href={paths.connectorPlugins(at, { plugin: 'DatagenSource' })}>
              Launch sample data
            </ButtonLink>
          }
        >
          A Datagen connector writes orders, page views or 36 other kinds of record.
        </Step>
        <Step
          icon={<AppWindow />}
          title="Set up client"
          action={<ButtonLink href={paths.buildClient(at)}>Build client</ButtonLink>}
        >
          A small program in your language, with the address and a key filled in, ready to run.
        </Step>
      </ol>
      <div className="max-w-[880px]">
        <Note>
          Coming back later: everything here is reached from the navigation at the left, and{' '}
          <Link href={paths.clusterSettings(at)} className="rounded-sm text-river hover:underline">
            Cluster Settings
          </Link>{' '}
          has the address that programs connect to.
        </Note>
      </div>
    </Page>
  )
}

function Step({
  icon,
  title,
  action,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly action: ReactNode
  readonly children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-4">
      <span aria-hidden="true" className="[&_svg]:size-5 [&_svg]:stroke-[1.75] [&_svg]:text-ink-3">
        {icon}
      </span>
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-body">{title}</h2>
        <p className="max-w-[560px] text-ink-2">{children}</p>
      </div>
      {action}
    </li>
  )
}
