import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { Page } from '@/components/shell/frame'
import { ButtonLink } from '@/components/ui/button'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { requireSession } from '@/lib/auth/session'
import { paths } from '@/lib/paths'
import { listEnvironments } from '@/lib/queries/environments'

export const metadata: Metadata = { title: 'Home' }

export default async function HomePage() {
  const session = await requireSession(paths.home())
  const [environment] = await listEnvironments(session)
  const addCluster =
    environment === undefined ? paths.environments() : paths.addCluster({ envId: environment.id })
  return (
    <Page>
      <PageHeader title="Welcome to Tributary">
        <ButtonLink href={paths.environments()}>View environments</ButtonLink>
      </PageHeader>
      <div className="grid grid-cols-1 items-center gap-x-10 rounded-lg border border-line lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex flex-col items-start gap-4 p-6">
          <div className="flex flex-col gap-1.5">
            <h2 className="text-empty tracking-[-0.008em]">Set your data in motion</h2>
            <p className="max-w-[520px] text-ink-2">
              A cluster holds topics; an API key lets programs in. Both take seconds, and everything
              runs on this machine. Start here, then produce a first message by hand or with any
              Kafka client.
            </p>
          </div>
          <ButtonLink href={addCluster} tone="primary" icon={<Plus aria-hidden="true" />}>
            Add cluster
          </ButtonLink>
        </div>
        <MapDrawing kind="dry" className="hidden w-full lg:block" />
      </div>
      <p className="text-label text-ink-3">Tributary is not affiliated with Confluent, Inc.</p>
    </Page>
  )
}
