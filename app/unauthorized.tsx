import type { Metadata } from 'next'
import { FullPage } from '@/components/shell/full-page'
import { ButtonLink } from '@/components/ui/button'
import { paths } from '@/lib/paths'

export const metadata: Metadata = { title: 'Signed out' }

export default function Unauthorized() {
  return (
    <FullPage title="You are signed out">
      <p>Your session has ended, so nothing was changed. Log in to continue.</p>
      <ButtonLink href={paths.signIn()} tone="primary">
        Log in
      </ButtonLink>
    </FullPage>
  )
}
