'use client'

import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from './button.tsx'

/** What could not be read, why, and a way on. */
export function Unreachable({
  title,
  message,
  code,
}: {
  readonly title: string
  readonly message: string
  readonly code: string
}) {
  const router = useRouter()
  const [isBusy, startTransition] = useTransition()
  return (
    <div role="alert" className="flex max-w-[460px] flex-col items-start gap-3 py-9">
      <h2 className="text-empty tracking-[-0.008em]">{title}</h2>
      <p className="text-ink-2">
        {message}
        <code className="mt-1 block text-label text-ink-3">{code}</code>
      </p>
      <Button
        icon={<RefreshCw aria-hidden="true" />}
        isBusy={isBusy}
        onClick={() => startTransition(() => router.refresh())}
      >
        Try again
      </Button>
    </div>
  )
}
