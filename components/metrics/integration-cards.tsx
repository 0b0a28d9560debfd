'use client'

import Link from 'next/link'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { Card } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { type IntegrationInput, integrations } from './integrations.ts'

const panelId = 'integration'

/** Who can read the metrics; the one that is opened says how, below. */
export function IntegrationCards({
  at,
  input,
  shown,
  onShow,
}: {
  readonly at: ClusterAt
  readonly input: IntegrationInput
  readonly shown: string | undefined
  readonly onShow: (id: string | undefined) => void
}) {
  const open = integrations.find(({ id }) => id === shown)
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Integrations" className="grid grid-cols-2 gap-2.5 md:grid-cols-4">
        {integrations.map(({ id, name, about }) => (
          <li key={id}>
            <button
              type="button"
              aria-expanded={id === open?.id}
              aria-controls={panelId}
              onClick={() => onShow(id === open?.id ? undefined : id)}
              className={classNames(
                'flex w-full cursor-pointer items-baseline justify-between gap-3 rounded-lg border px-3.5 py-2.5 text-left hover:bg-hover',
                id === open?.id ? 'border-river bg-river-tint' : 'border-line-2 bg-sheet',
              )}
            >
              <span className="font-[580]">{name}</span>
              <span className="hidden truncate text-label text-ink-2 lg:inline">{about}</span>
            </button>
          </li>
        ))}
      </ul>
      <div id={panelId}>
        {open === undefined ? null : (
          <Card label={open.name} className="flex flex-col gap-3 p-4">
            <p className="max-w-[720px] text-ink-2">
              {open.explained}{' '}
              {input.key === null ? (
                <>
                  This cluster has no API key yet:{' '}
                  <Link href={paths.createApiKey(at)} className="text-river">
                    create one
                  </Link>
                  .
                </>
              ) : (
                'Its secret is in the file you downloaded.'
              )}
            </p>
            <CodeBlock text={open.text(input).trimEnd()} label={open.fileName} />
          </Card>
        )}
      </div>
    </div>
  )
}
