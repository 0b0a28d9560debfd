import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const kinds = {
  fact: { bar: 'border-l-river', icon: <Info className="text-river" /> },
  caution: { bar: 'border-l-amber', icon: <TriangleAlert className="text-amber" /> },
  danger: { bar: 'border-l-red', icon: <TriangleAlert className="text-red" /> },
  error: { bar: 'border-l-red', icon: <CircleAlert className="text-red" /> },
} as const

/**
 * A fact, a caution, a danger or an error beside what it concerns. Errors are announced: they come,
 * whereas a danger is there.
 */
export function Note({
  kind = 'fact',
  children,
}: {
  readonly kind?: keyof typeof kinds
  readonly children: ReactNode
}) {
  const { bar, icon } = kinds[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : undefined}
      className={`flex gap-2.5 rounded-md border border-l-[3px] border-line bg-sunken px-3 py-2.5 text-ink-2 [&_b]:font-[580] [&_b]:text-ink [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 ${bar}`}
    >
      {icon}
      <div className="min-w-0 [&_a]:underline [&_a]:decoration-river-line [&_a]:underline-offset-[3px]">
        {children}
      </div>
    </div>
  )
}
