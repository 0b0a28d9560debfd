import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireEnvironment } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string }>
}

export default async function EnvironmentPage({ params }: Props) {
  const { envId } = await params
  await requireEnvironment(envId, paths.environment({ envId }))
  redirect(paths.environment({ envId }))
}
