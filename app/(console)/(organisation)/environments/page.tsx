import type { Metadata } from 'next'
import Link from 'next/link'
import { AddEnvironment } from '@/components/environments/add-environment'
import { EnvironmentMenu } from '@/components/environments/environment-menu'
import { Page } from '@/components/shell/page'
import { CopyText } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table'
import { DateText } from '@/components/ui/time'
import { requireSession } from '@/lib/auth/session'
import { formatCount } from '@/lib/format/numbers'
import { paths } from '@/lib/paths'
import { type EnvironmentRow, listEnvironments } from '@/lib/queries/environments'

export const metadata: Metadata = { title: 'Environments' }

export default async function EnvironmentsPage() {
  const session = await requireSession(paths.environments())
  const environments = await listEnvironments(session)
  return (
    <Page>
      <PageHeader title="Environments">
        <AddEnvironment />
      </PageHeader>
      {environments.length === 0 ? (
        <EmptyState title="No environments">
          An environment holds clusters. Add one to create a cluster in it.
        </EmptyState>
      ) : (
        <EnvironmentTable environments={environments} />
      )}
    </Page>
  )
}

function EnvironmentTable({ environments }: { readonly environments: readonly EnvironmentRow[] }) {
  return (
    <Table label="Environments">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell>ID</HeadCell>
        <HeadCell className="text-right">Clusters</HeadCell>
        <HeadCell className="text-right">Created</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <tbody>
        {environments.map(({ id, name, clusterCount, createdMs }) => (
          <Row key={id}>
            <Cell className="max-w-[360px] truncate" title={name}>
              <Link
                href={paths.environment({ envId: id })}
                className="rounded-sm font-[580] group-hover:text-river hover:underline"
              >
                {name}
              </Link>
            </Cell>
            <Cell>
              <CopyText text={id} label={`Copy ID of ${name}`} />
            </Cell>
            <Cell className={`text-right ${clusterCount === 0 ? 'text-ink-3' : ''}`}>
              {formatCount(clusterCount)}
            </Cell>
            <Cell className="text-right text-ink-2">
              <DateText timestampMs={createdMs} />
            </Cell>
            <Cell className="w-8">
              <EnvironmentMenu envId={id} name={name} clusterCount={clusterCount} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
