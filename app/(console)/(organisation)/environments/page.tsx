import type { Metadata } from 'next'
import Link from 'next/link'
import { Page } from '@/components/shell/frame'
import { CopyText } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table'
import { DateText } from '@/components/ui/time'
import { requireSession } from '@/lib/auth/session'
import { formatCount } from '@/lib/format/numbers'
import { paths } from '@/lib/paths'
import { listEnvironments } from '@/lib/queries/environments'

export const metadata: Metadata = { title: 'Environments' }

export default async function EnvironmentsPage() {
  const session = await requireSession(paths.environments())
  const environments = await listEnvironments(session)
  return (
    <Page>
      <PageHeader title="Environments" />
      <Table label="Environments">
        <TableHead>
          <HeadCell>Name</HeadCell>
          <HeadCell>ID</HeadCell>
          <HeadCell className="text-right">Clusters</HeadCell>
          <HeadCell className="text-right">Created</HeadCell>
        </TableHead>
        <tbody>
          {environments.map((environment) => (
            <Row key={environment.id}>
              <Cell>
                <Link
                  href={paths.environment({ envId: environment.id })}
                  className="rounded-sm font-[580] group-hover:text-river hover:underline"
                >
                  {environment.name}
                </Link>
              </Cell>
              <Cell>
                <CopyText text={environment.id} label={`Copy ID of ${environment.name}`} />
              </Cell>
              <Cell className="text-right">{formatCount(environment.clusterCount)}</Cell>
              <Cell className="text-right text-ink-2">
                <DateText timestampMs={environment.createdMs} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Page>
  )
}
