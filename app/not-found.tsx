import type { Metadata } from 'next'
import { FullPage } from '@/components/shell/full-page'
import { ButtonLink } from '@/components/ui/button'
import { paths } from '@/lib/paths'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <FullPage title="There is nothing here">
      <p>The page does not exist, or it belongs to an account that is not yours.</p>
      <ButtonLink href={paths.home()} tone="primary">
        Go to Home
      </ButtonLink>
    </FullPage>
  )
}
