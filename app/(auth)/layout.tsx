import type { ReactNode } from 'react'
import { MarkAndName } from '@/components/shell/mark'
import { MapDrawing } from '@/components/ui/map-drawing'
import { consoleSettings } from '@/lib/env'

export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  const { bootstrap, consoleUrl } = consoleSettings()
  return (
    <div className="grid min-h-dvh grid-cols-1 bg-sheet lg:grid-cols-[minmax(480px,580px)_1fr]">
      <main className="flex flex-col justify-between gap-10 px-7 py-9 sm:pl-[max(28px,6.6vw)]">
        <MarkAndName />
        <div className="w-full max-w-[412px]">{children}</div>
        <p className="text-label text-ink-3">Not affiliated with Confluent, Inc.</p>
      </main>
      <div className="relative hidden overflow-hidden border-l border-line bg-paper lg:block">
        <MapDrawing kind="flowing" className="absolute inset-0 size-full" />
        <dl className="absolute bottom-8 left-8 grid grid-cols-[auto_auto] gap-x-5 gap-y-0.5 rounded-lg border border-line bg-sheet px-4 py-3 text-label">
          <dt className="text-ink-2">Console</dt>
          <dd className="font-mono">{new URL(consoleUrl).host}</dd>
          <dt className="text-ink-2">Kafka</dt>
          <dd className="font-mono">{bootstrap}</dd>
        </dl>
      </div>
    </div>
  )
}
