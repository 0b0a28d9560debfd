import { redirect } from 'next/navigation'
import { requireSession } from '@/lib/auth/session'
import { paths } from '@/lib/paths'

export default async function RootPage() {
  await requireSession(paths.home())
  redirect(paths.home())
}
