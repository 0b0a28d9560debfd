'use client'

import { FullPage } from '@/components/shell/full-page'
import { Button } from '@/components/ui/button'

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}) {
  return (
    <FullPage title="This page failed">
      <p>
        The program’s log names the cause
        {error.digest === undefined ? '' : ` under the digest ${error.digest}`}. Nothing that was
        stored is affected.
      </p>
      <Button tone="primary" onClick={reset}>
        Try again
      </Button>
    </FullPage>
  )
}
